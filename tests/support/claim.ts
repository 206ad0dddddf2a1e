import { randomBytes } from 'node:crypto';
import type { RpcInput, RpcOutput } from '#domain/protocol/rpc.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

const minute = 60_000;

/** Claims a sandbox for a new attempt of its own; options override the usual hour. */
export function claimSandbox(
  client: SandboxdClient,
  options: Partial<RpcInput<'sandbox.claim'>> = {},
): Promise<RpcOutput<'sandbox.claim'>> {
  const attemptId = `test-${randomBytes(6).toString('hex')}`;
  return client.call('sandbox.claim', {
    attemptId,
    image: 'engine',
    egress: false,
    ttlMs: 60 * minute,
    idleMs: 30 * minute,
    ...options,
  });
}

/** Ends every sandbox that a test claimed, so that the next test finds room. */
export async function endAll(client: SandboxdClient): Promise<void> {
  const all = await client.call('sandbox.list', {});
  const claimed = all.filter(each => each.attemptId !== null && each.state === 'ready');
  await Promise.all(claimed.map(each => client.call('sandbox.end', { sandboxId: each.id, reason: 'admin' })));
}
