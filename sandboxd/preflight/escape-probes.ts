import { randomBytes } from 'node:crypto';
import type { ProbeResult } from '#domain/protocol/preflight.ts';
import type { Escape } from './escape.ts';
import { escapeScript, parseEscapes } from './escape-script.ts';
import { cgroupFiles } from './escapes/cgroup-files.ts';
import { innerContainers } from './escapes/inner-containers.ts';
import { kernelFiles } from './escapes/kernel-files.ts';
import { trySystemCalls } from './escapes/system-calls.ts';
import { judgeEscape, judgeSystemCalls, systemCallsId } from './judge-escapes.ts';
import { outsideView } from './outside-view.ts';

/** What is tried in the throw-away sandbox, beside the system calls. */
export const escapes: readonly Escape[] = [...kernelFiles, ...cgroupFiles, ...innerContainers];

const scripts = [...escapes, { id: systemCallsId, script: trySystemCalls() }];

/** All that is asked, as text: part of what a remembered result holds for. */
export const escapeTexts: string = JSON.stringify([
  scripts.map(({ id, script }) => [id, script]),
  escapes.map(({ held, bites }) => [held.source, bites.source]),
]);

/**
 * Tries every escape in a sandbox that nobody else uses, and looks at it from outside. `asRoot` runs a script as root in
 * it and gives what that printed, also when it was cut off.
 */
export async function probeEscapes(target: {
  initPid: number;
  asRoot: (script: string) => Promise<string>;
}): Promise<ProbeResult[]> {
  const outside = outsideView(target.initPid);
  const mark = `belowdeck-${randomBytes(8).toString('hex')}`;
  const seen = parseEscapes(await target.asRoot(escapeScript(scripts, mark)), mark);
  const tried = escapes.map(each => judgeEscape(each, seen.get(each.id)));
  return [...outside, ...tried, judgeSystemCalls(seen.get(systemCallsId))];
}
