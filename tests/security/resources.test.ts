import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from './attacks/resources.ts';
import { type Arena, openArena } from './support/arena.ts';
import { expectHealthy, healthDuring } from './support/health.ts';
import { openTyped } from './support/typed.ts';
import { withstandHealthily } from './support/withstand.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

/** sandboxd’s resident memory, MiB. */
async function agentMemory(): Promise<number> {
  const pid = "$(pgrep -f '^node /app/sandboxd/main.ts' | head -1)";
  return Number(await arena.outside(`awk '/^VmRSS/ { print int($2 / 1024) }' /proc/${pid}/status`));
}

describe('platform and neighbour stay healthy, and the limit holds, under', () => {
  it.each(resources)('$name', attack => withstandHealthily(arena, attack), 150_000);

  it('an endless flood into a terminal that nobody reads', async () => {
    const flooded = await openTyped(arena, arena.own.id, false);
    const before = await agentMemory();
    flooded.client.type('yes belowdeck-flood\r');
    const { seen, health } = await healthDuring(arena, async () => {
      await new Promise(resolve => setTimeout(resolve, 4_000));
      return arena.outside('echo flooded for 4 s');
    });
    expectHealthy(health);
    expect(seen).toBe('flooded for 4 s');
    expect(flooded.client.received).toBeGreaterThan(50_000);
    expect(flooded.client.received).toBeLessThan(1_000_000);
    expect((await agentMemory()) - before).toBeLessThan(64);
    await flooded.close();
  });
});
