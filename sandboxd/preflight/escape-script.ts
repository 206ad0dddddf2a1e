import type { Escape } from './escape.ts';

/** Longest time for one escape inside the sandbox, seconds: a container in it takes a second, ten on a busy machine. */
const EACH_SECONDS = 15;
/** Of each stream of one escape. */
const MAX_BYTES = 8 * 1024;

type Named = Pick<Escape, 'id' | 'script'>;

/**
 * One script that tries all of them, one after the other, so that one exec does. Before what each shows stands a line
 * with `mark` and its id; `mark` is unguessable only so that no output can look like it by accident.
 */
export function escapeScript(escapes: readonly Named[], mark: string): string {
  const parts = escapes.map(
    ({ id, script }) => `echo; echo '${mark} ${id}'
timeout -s KILL ${EACH_SECONDS} bash >/tmp/${mark}.out 2>/tmp/${mark}.err <<'${mark}'
${script}
${mark}
head -c ${MAX_BYTES} /tmp/${mark}.out; echo; head -c ${MAX_BYTES} /tmp/${mark}.err`,
  );
  return `cd /tmp\n${parts.join('\n')}\necho; echo '${mark} end'\n`;
}

/** What each showed, by id; one that was not reached is not in it. */
export function parseEscapes(output: string, mark: string): Map<string, string> {
  const seen = new Map<string, string>();
  const sections = output.split(new RegExp(`^${mark} ([a-z0-9-]+)$`, 'm'));
  // The last one may have been cut off: only what another mark follows is whole.
  for (let index = 1; index + 2 < sections.length; index += 2)
    seen.set(sections[index] ?? '', tidy(sections[index + 1] ?? ''));
  return seen;
}

/** As both streams joined by one line end, without empty lines between them or around. */
function tidy(text: string): string {
  return text.replace(/\n{2,}/g, '\n').trim();
}
