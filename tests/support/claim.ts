import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RpcInput } from '#domain/protocol/rpc.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { waitUntil } from './wait-until.ts';

const minute = 60_000;

/** Claims a sandbox for a new attempt of its own, and waits for its turn; options override the usual hour. */
export async function claimSandbox(
  client: SandboxdClient,
  options: Partial<RpcInput<'sandbox.claim'>> = {},
): Promise<Sandbox> {
  const input = claimOf(options);
  const deadline = Date.now() + minute;
  for (;;) {
    const answer = await client.call('sandbox.claim', input);
    if (answer.answer === 'sandbox') return answer.sandbox;
    if (answer.answer === 'elsewhere') throw new Error(`its owner works in ${answer.attempts.join(', ')}`);
    if (Date.now() > deadline) {
      await client.call('queue.leave', { attemptId: input.attemptId });
      throw new Error(`still number ${answer.ticket.position} in the queue after a minute (${answer.ticket.basis})`);
    }
    // Asked again, it must not give up the sandbox that it got meanwhile.
    input.fresh = false;
    await sleep(50);
  }
}

/** The words of a claim for a new attempt of its own. */
export function claimOf(options: Partial<RpcInput<'sandbox.claim'>> = {}): RpcInput<'sandbox.claim'> {
  const attemptId = `test-${randomBytes(6).toString('hex')}`;
  return { attemptId, image: 'engine', egress: false, ttlMs: 60 * minute, idleMs: 30 * minute, ...options };
}

/** Ends those that wait in the pool; the host's settings must not ask for others. */
export async function emptyPool(client: SandboxdClient): Promise<void> {
  await waitUntil(
    'an empty pool',
    async () => {
      const all = await client.call('sandbox.list', {});
      const waiting = all.filter(each => each.attemptId === null && each.state === 'ready');
      await Promise.all(waiting.map(each => client.call('sandbox.end', { sandboxId: each.id, reason: 'admin' })));
      const { pool } = await client.call('host.status', {});
      return pool.warm + pool.warming === 0;
    },
    minute,
  );
}

/** Ends every sandbox that a test claimed, so that the next test finds room. */
export async function endAll(client: SandboxdClient): Promise<void> {
  const all = await client.call('sandbox.list', {});
  const claimed = all.filter(each => each.attemptId !== null && each.state === 'ready');
  await Promise.all(claimed.map(each => client.call('sandbox.end', { sandboxId: each.id, reason: 'admin' })));
}

/** Waits for a sandbox to be gone; why it ended. */
export function untilEnded(
  client: SandboxdClient,
  sandboxId: string,
  timeoutMs = 20_000,
): Promise<NonNullable<Sandbox['ended']>> {
  return waitUntil(
    'the end of a sandbox',
    async () => {
      const { state, ended } = await client.call('sandbox.get', { sandboxId });
      return state === 'ended' ? ended : null;
    },
    timeoutMs,
  );
}
