import type { AttemptDeps } from './attempt-deps.ts';
import { openFirstTerminal } from './attempt-terminals.ts';
import type { AttemptWatcher } from './attempt-watcher.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** Begins to use the sandbox that the attempt has just got: looks at it, and opens its first terminal. */
export async function beginSandbox(
  deps: Pick<AttemptDeps, 'sandboxd'>,
  owners: { own(sandboxId: string, attemptId: string): void },
  live: LiveAttempt,
  watcher: AttemptWatcher,
): Promise<void> {
  if (!live.sandbox) return;
  owners.own(live.sandbox.id, live.id);
  watcher.notice();
  await openFirstTerminal(deps.sandboxd, live.sandbox.id);
}
