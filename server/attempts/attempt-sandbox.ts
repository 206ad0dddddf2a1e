import { setSandbox } from '#data/attempts.ts';
import { system } from '#data/system.ts';
import type { ClaimAnswer, QueueTicket } from '#domain/protocol/claim.ts';
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
  if (isLiving(before) && sandbox?.id === before.id && sandbox.ended)
    deps.log.info(
      { attempt: live.id, sandbox: sandbox.id, reason: sandbox.ended.reason },
      'the sandbox of an attempt ended',
    );
  if (JSON.stringify(before) !== JSON.stringify(sandbox)) publishSandbox(deps, live);
}

export function publishSandbox(deps: AttemptDeps, live: LiveAttempt): void {
  const host = deps.sandboxd.reachable ? 'reachable' : 'unreachable';
  live.publish({ type: 'sandbox', sandbox: live.sandbox, ticket: live.ticket, problem: live.problem, host });
}

/** Takes in where it stands in the queue, or why no sandbox came; tells who listens when that is news. */
export function adoptTicket(
  deps: AttemptDeps,
  live: LiveAttempt,
  ticket: QueueTicket | null,
  problem: string | null,
): void {
  const before = JSON.stringify([live.ticket, live.problem]);
  live.ticket = ticket;
  live.problem = problem;
  if (JSON.stringify([ticket, problem]) !== before) publishSandbox(deps, live);
}

/** A sandbox was handed to this attempt: from now on it is the attempt's. */
export async function takeSandbox(deps: AttemptDeps, live: LiveAttempt, sandbox: Sandbox): Promise<void> {
  if (live.record.sandboxId !== sandbox.id) {
    await setSandbox(deps.db, system, live.id, sandbox.id);
    live.record = { ...live.record, sandboxId: sandbox.id };
    const { id: attempt, userId: user } = live.record;
    deps.log.info({ attempt, sandbox: sandbox.id, user }, 'an attempt has its sandbox');
    live.baselineTries = 0;
    live.processesWatchedUntil = 0;
  }
  live.ticket = null;
  live.problem = null;
  adoptSandbox(deps, live, sandbox);
}

/**
 * Asks sandboxd for the sandbox that the database names, and for what the attempt waits for or was given while this
 * process was away. A sandbox that is gone without a record was lost with its host.
 */
export async function findSandbox(deps: AttemptDeps, live: LiveAttempt): Promise<void> {
  const id = live.record.sandboxId;
  try {
    adoptSandbox(deps, live, id ? await deps.sandboxd.call('sandbox.get', { sandboxId: id }) : null);
  } catch (error) {
    const code = errorCodeOf(error);
    if (id && code === 'sandbox-not-found')
      adoptSandbox(deps, live, lostSandbox(id, live.id, live.sandbox, deps.now()));
    // Unreachable is not gone: what was last known stays on the page until sandboxd answers again.
    else if (code === 'host-unreachable') return;
    else throw error;
  }
  if (isLiving(live.sandbox) || live.record.status !== 'active') return;
  try {
    const { sandbox, ticket } = await deps.sandboxd.call('sandbox.of-attempt', { attemptId: live.id });
    if (sandbox) await takeSandbox(deps, live, sandbox);
    else adoptTicket(deps, live, ticket, live.problem);
  } catch (error) {
    if (errorCodeOf(error) !== 'host-unreachable') throw error;
  }
}

/** The attempt's living sandbox, else another one, now or when it is its turn. `fresh`: in place of the living one. */
export async function claimSandbox(
  deps: AttemptDeps,
  live: LiveAttempt,
  { fresh = false, giveUp = [] }: { fresh?: boolean; giveUp?: string[] } = {},
): Promise<ClaimAnswer> {
  if (live.record.status !== 'active') {
    throw new CodedError('conflict', `attempt ${live.id} is finished`, {
      learnerMessage: 'You have finished this lab. Your results are kept. Start the lab again to get a sandbox.',
    });
  }
  const claimed = await deps.sandboxd.call('sandbox.claim', {
    attemptId: live.id,
    ownerId: live.record.userId,
    image: live.lab.image,
    egress: live.lab.egress,
    fresh,
    giveUp,
  });
  if (claimed.answer === 'sandbox') await takeSandbox(deps, live, claimed.sandbox);
  else if (claimed.answer === 'queued') adoptTicket(deps, live, claimed.ticket, null);
  return claimed;
}

/** Gives up the place in the queue, if there is one. */
export async function leaveQueue(deps: AttemptDeps, live: LiveAttempt): Promise<void> {
  if (!live.ticket) return;
  // First: news that the place is gone is then no news.
  adoptTicket(deps, live, null, null);
  await deps.sandboxd.call('queue.leave', { attemptId: live.id });
}

/** Ends the attempt's sandbox; one that is gone already is fine. */
export async function endSandbox(deps: AttemptDeps, live: LiveAttempt, reason: EndReason): Promise<void> {
  await leaveQueue(deps, live);
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
