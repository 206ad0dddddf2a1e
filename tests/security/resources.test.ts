import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '#tests/support/wait-until.ts';
import { resources } from './attacks/resources.ts';
import { type Arena, openArena } from './support/arena.ts';
import { healthDuring, healthy } from './support/health.ts';
import { openTyped } from './support/typed.ts';

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

function expectHealthy(health: { looks: number; rpcMs: number; factsMs: number; echoMs: number }): void {
  expect(health.looks).toBeGreaterThan(0);
  expect(health.rpcMs).toBeLessThan(healthy.rpcMs);
  expect(health.factsMs).toBeLessThan(healthy.factsMs);
  expect(health.echoMs).toBeLessThan(healthy.echoMs);
}

describe('platform and neighbour stay healthy, and the limit holds, under', () => {
  it.each(resources)(
    '$name',
    async attack => {
      const { seen, health } = await healthDuring(arena, () => attack.run(arena));
      expectHealthy(health);
      expect(seen).not.toMatch(attack.bites);
      expect(seen).toMatch(attack.held);
    },
    90_000,
  );

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

  it('50,000 cgroups, wide and deep: refused, or taken away again with their maker', async () => {
    const { seen, health } = await healthDuring(arena, async () => {
      const made = await arena.attacker(
        'd=/sys/fs/cgroup/memory; [ -d $d ] || d=/sys/fs/cgroup; perl -e \'chdir $ARGV[0]; $n = 0; for (1 .. 500) { mkdir "deep" or last; chdir "deep"; $n++ } chdir $ARGV[0]; for (1 .. 50000) { mkdir "flood$_" or last; $n++ } print $n\' $d',
        60_000,
      );
      await arena.outside('sleep 2');
      return made;
    });
    expectHealthy(health);
    const { state, ended } = await arena.client.call('sandbox.get', { sandboxId: arena.own.id });
    if (state === 'ready') {
      // Version 2: the kernel refuses, and all goes on.
      expect(Number(seen)).toBeLessThan(arena.own.limits.pids);
      const facts = await arena.client.call('facts.get', { sandboxId: arena.own.id, needs: { daemon: true } });
      expect(facts.daemon?.state).toBe('up');
      await arena.client.call('sandbox.end', { sandboxId: arena.own.id, reason: 'admin' });
    } else {
      // Version 1: it has no such limit, so the sandbox is ended.
      expect(ended).toMatchObject({ reason: 'cgroups' });
      expect(ended?.detail).toMatch(/^it had \d{4,5} of 400$/);
      await waitUntil(
        'its removal',
        async () => {
          const sandbox = await arena.client.call('sandbox.get', { sandboxId: arena.own.id });
          return sandbox.state === 'ended';
        },
        30_000,
      );
    }
    expect(await arena.outside(`docker ps -aq --filter name=belowdeck-${arena.own.id} | wc -l`)).toBe('0');
    const left = await arena.outside('find /sys/fs/cgroup -name "flood*" -o -name deep | wc -l');
    expect(left).toBe('0');
  }, 120_000);
});
