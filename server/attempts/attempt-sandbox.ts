import { setSandbox } from '#data/attempts.ts';
import { system } from '#data/system.ts';
import { CodedError, errorCodeOf } from '#domain/protocol/errors.ts';
import type { EndReason, Sandbox } from '#domain/protocol/sandbox.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { lostSandbox } from './lost-sandbox.ts';

/** Takes in what is known of the attempt's sandbox now, and tells who listens when it differs. */
export function adoptSandbox(deps: AttemptDeps, live: LiveAttempt, sandbox: Sandbox | null): void {
  live.sandboxKnown = true;
  const before = live.sandbox;
  live.sandbox = sandbox;
  if (JSON.stringify(before) !== JSON.stringify(sandbox)) publishSandbox(deps, live);
}

export function publishSandbox(deps: AttemptDeps, live: LiveAttempt): void {
  const host = deps.sandboxd.reachable ? 'reachable' : 'unreachable';
  live.publish({ type: 'sandbox', sandbox: live.sandbox, host });
}

/** Asks sandboxd for the sandbox that the database names; one that is gone without a record was lost with its host. */
export async function findSandbox(deps: AttemptDeps, live: LiveAttempt): Promise<void> {
  const id = live.record.sandboxId;
  if (!id) return adoptSandbox(deps, live, null);
  try {
    adoptSandbox(deps, live, await deps.sandboxd.call('sandbox.get', { sandboxId: id }));
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'sandbox-not-found') adoptSandbox(deps, live, lostSandbox(id, live.id, live.sandbox, deps.now()));
    // Unreachable is not gone: what was last known stays on the page until sandboxd answers again.
    else if (code !== 'host-unreachable') throw error;
  }
}

/** The attempt's living sandbox, else a warm or new one. */
export async function claimSandbox(deps: AttemptDeps, live: LiveAttempt): Promise<Sandbox> {
  if (live.record.status !== 'active') {
    throw new CodedError('conflict', `attempt ${live.id} is finished`, {
      learnerMessage: 'You have finished this lab. Your results are kept. Start the lab again to get a sandbox.',
    });
  }
  const sandbox = await deps.sandboxd.call('sandbox.claim', {
    attemptId: live.id,
    image: live.lab.image,
    egress: live.lab.egress,
    ...deps.lifetime,
  });
  if (live.record.sandboxId !== sandbox.id) {
    await setSandbox(deps.db, system, live.id, sandbox.id);
    live.record = { ...live.record, sandboxId: sandbox.id };
    live.baselineTries = 0;
    live.processesWatchedUntil = 0;
  }
  adoptSandbox(deps, live, sandbox);
  return sandbox;
}

/** Ends the attempt's sandbox; one that is gone already is fine. */
export async function endSandbox(deps: AttemptDeps, live: LiveAttempt, reason: EndReason): Promise<void> {
  const id = live.record.sandboxId;
  if (!id) return;
  try {
    adoptSandbox(deps, live, await deps.sandboxd.call('sandbox.end', { sandboxId: id, reason }));
  } catch (error) {
    if (errorCodeOf(error) !== 'sandbox-not-found') throw error;
    adoptSandbox(deps, live, lostSandbox(id, live.id, live.sandbox, deps.now()));
  }
}

/** The sandbox as something to act on; says why when it is none. */
export function getLivingSandbox(live: LiveAttempt): Sandbox {
  if (isLiving(live.sandbox)) return live.sandbox;
  throw new CodedError(
    live.sandbox ? 'sandbox-ended' : 'sandbox-not-found',
    `attempt ${live.id} has no living sandbox`,
  );
}
