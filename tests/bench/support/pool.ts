import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { benchLimits } from './bench-limits.ts';

/** Waits until the warm pool is full and nothing is being started: every measurement begins from here. */
export async function poolIsFull(client: SandboxdClient): Promise<void> {
  await waitUntil(
    'a full pool',
    async () => {
      const { pool } = await client.call('host.status', {});
      return pool.warm >= pool.target && pool.warming === 0;
    },
    benchLimits.patienceMs,
  );
}

/** Replaces the sandboxes that wait: each keeps the limits it was made with. */
export async function renewPool(client: SandboxdClient): Promise<void> {
  const all = await client.call('sandbox.list', {});
  const waiting = all.filter(each => each.attemptId === null && each.state === 'ready');
  await Promise.all(waiting.map(each => client.call('sandbox.end', { sandboxId: each.id, reason: 'admin' })));
  await poolIsFull(client);
}
