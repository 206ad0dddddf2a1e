/** Longest message or stack of a logged error, characters: an error may quote what a learner wrote, a megabyte of it. */
export const MAX_LOGGED_CHARS = 4_000;

/** DEL, C1 controls, bidi and other format characters, line separators, halves of pairs: what JSON leaves as it is. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const LEFT_OUT = '[left out]';

/**
 * A line of JSON made fit to be looked at in a terminal: what cannot be seen or would reorder it is spelled as JSON's own
 * escape, so the line still reads as the same values. `secrets` are left out wherever they stand.
 */
export function fitLogLine(line: string, secrets: readonly string[] = []): string {
  let fit = line;
  for (const secret of secrets) if (fit.includes(secret)) fit = fit.replaceAll(secret, LEFT_OUT);
  return fit.replace(UNSEEN, character =>
    [...Array(character.length).keys()]
      .map(index => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** An error as it is logged: what tells what and where, each bounded; its causes too, three deep. */
export function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return bounded(String(error));
  const code = 'code' in error ? { code: bounded(String(error.code)) } : {};
  const cause = error.cause !== undefined && depth < 3 ? { cause: loggedError(error.cause, depth + 1) } : {};
  return { type: error.name, message: bounded(error.message), ...code, stack: bounded(error.stack ?? ''), ...cause };
}

function bounded(text: string): string {
  return text.length <= MAX_LOGGED_CHARS ? text : `${text.slice(0, MAX_LOGGED_CHARS)}… (${text.length} characters)`;
}
