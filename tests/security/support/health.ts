import { expect } from 'vitest';
import type { Arena } from './arena.ts';
import { openTyped, type Typed } from './typed.ts';

/** The slowest of each while something else went on, milliseconds. */
export interface Health {
  looks: number;
  rpcMs: number;
  factsMs: number;
  echoMs: number;
}

/** What a second learner and the web process must not notice: on a busy machine of two cores these are generous. */
const healthy = { rpcMs: 3_000, factsMs: 6_500, echoMs: 3_000 } as const;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Looks at sandboxd and at the other sandbox again and again, from before an attack until it ended. */
export async function healthDuring(
  arena: Arena,
  attack: () => Promise<string>,
): Promise<{ seen: string; health: Health }> {
  const terminal: Typed = await openTyped(arena, arena.other.id);
  const health: Health = { looks: 0, rpcMs: 0, factsMs: 0, echoMs: 0 };
  let done = false;
  const attacked = attack().finally(() => {
    done = true;
  });
  attacked.catch(() => {});
  const needs = { daemon: true, containers: true, processes: true };
  try {
    do {
      health.looks++;
      const rpc = await timed(() => arena.client.call('host.status', {}));
      const facts = await timed(() => arena.client.call('facts.get', { sandboxId: arena.other.id, needs }));
      const echo = await timed(() => terminal.echo(`look-${health.looks}`));
      health.rpcMs = Math.max(health.rpcMs, rpc);
      health.factsMs = Math.max(health.factsMs, facts);
      health.echoMs = Math.max(health.echoMs, echo);
    } while (!done);
    return { seen: await attacked, health };
  } finally {
    await terminal.close();
  }
}

export function expectHealthy(health: Health): void {
  expect(health.looks).toBeGreaterThan(0);
  expect(health.rpcMs).toBeLessThan(healthy.rpcMs);
  expect(health.factsMs).toBeLessThan(healthy.factsMs);
  expect(health.echoMs).toBeLessThan(healthy.echoMs);
}
