import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '#scripts/setup/paths.ts';
import { webProgram } from '#scripts/setup/web-process.ts';

const ANSWER_MS = 60_000;
const STOP_MS = 8_000;

/** The web process as `npm start` runs it, its output into an open file. */
export function spawnWeb(env: Record<string, string>, output: number): ChildProcess {
  const { PATH = '', HOME = '', BELOWDECK_DIST_DIR } = process.env;
  return spawn(process.execPath, webProgram, {
    cwd: root,
    detached: true,
    env: { PATH, HOME, ...(BELOWDECK_DIST_DIR ? { BELOWDECK_DIST_DIR } : {}), ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', output, output],
  });
}

/** Waits until a URL answers 2xx; tells the log's tail when the process dies or takes too long. */
export async function untilAnswers(url: string, child: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + ANSWER_MS;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    if ((await fetch(url).catch(() => null))?.ok) return;
    await sleep(50);
  }
  throw new Error(`${url} did not answer. The process said:\n${readFileSync(log, 'utf8').slice(-4000)}`);
}

/** Ends a child and waits for it; after a while with SIGKILL. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill(signal);
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(insist);
}
