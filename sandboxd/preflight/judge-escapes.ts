import type { ProbeResult } from '#domain/protocol/preflight.ts';
import type { Escape, EscapeFence } from './escape.ts';
import { beyondTheFilter, parseAnswers, systemCalls } from './escapes/system-calls.ts';

/** What an operator does when an escape succeeded, by the fence that should have held it. */
export const remedies: Record<EscapeFence | 'unanswered', string> = {
  userns:
    'Root in a sandbox is root of the machine: the engine of the sandbox host does not remap users. Put "userns-remap" back into its dockerd.json (npm run uninstall && npm start makes it anew), and give nobody a sandbox before this passes.',
  seccomp:
    'Sandboxes run without their system call filter. Put "seccomp-profile" back into dockerd.json of the sandbox host (npm run uninstall && npm start makes it anew), and give nobody a sandbox before this passes.',
  several:
    'More than one fence is down, or this kernel has a hole. Update kernel and Docker, restart, run npm run doctor -- --probe; until it passes give sandboxes to nobody you do not trust.',
  unanswered:
    'The probe was cut off, probably since the machine is very busy. Run npm run doctor -- --probe when it is quiet.',
};

/** What is measured of a probe that was cut off before its turn. */
export const unanswered = 'gave no answer';
/** Longest piece of what was seen that is shown. */
const SHOWN = 160;

/** The verdict on one escape by what it showed; undefined when it was not reached. */
export function judgeEscape(tried: Escape, seen: string | undefined): ProbeResult {
  const result = (verdict: ProbeResult['verdict'], measured: string, remedy: string): ProbeResult => ({
    ...{ id: tried.id, kind: 'escape', title: tried.name, verdict, measured, remedy },
  });
  if (seen === undefined) return result('refuse', unanswered, remedies.unanswered);
  if (tried.bites.test(seen)) return result('refuse', `succeeded: ${oneLine(seen)}`, remedies[tried.fence]);
  if (tried.held.test(seen)) return result('ok', 'refused', '');
  return result(
    'warn',
    `did not succeed, but not as expected: ${oneLine(seen)}`,
    'Tell the authors what is shown here.',
  );
}

export const systemCallsId = 'system-calls';

/** The verdict on all system calls together. */
export function judgeSystemCalls(seen: string | undefined): ProbeResult {
  const base = { id: systemCallsId, kind: 'escape', title: `make system calls that no lab needs` } as const;
  const answers = parseAnswers(seen ?? '');
  const reached = beyondTheFilter(answers).map(({ name }) => name);
  if (answers.size < systemCalls.length && reached.length === 0)
    return { ...base, verdict: 'refuse', measured: unanswered, remedy: remedies.unanswered };
  if (reached.length > 0)
    return {
      ...base,
      verdict: 'refuse',
      measured: `${reached.length} of ${systemCalls.length} reached the kernel: ${reached.join(', ').slice(0, SHOWN)}`,
      remedy: remedies.seccomp,
    };
  return { ...base, verdict: 'ok', measured: `all ${systemCalls.length} refused by the filter`, remedy: '' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, SHOWN);
}
