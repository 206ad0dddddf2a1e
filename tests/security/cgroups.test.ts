import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untilEnded } from '#tests/support/claim.ts';
import { cgroupFloods, fiftyThousand } from './attacks/cgroup-floods.ts';
import { type Arena, openArena } from './support/arena.ts';
import { expectHealthy, healthDuring } from './support/health.ts';
import { withstandHealthily } from './support/withstand.ts';

let arena: Arena;
// Each in sandboxes of its own: on version 1 the flood ends the one that makes it.
beforeEach(async () => {
  arena = await openArena();
});
afterEach(() => arena.close());

describe('platform and neighbour stay healthy, and the fence holds, under', () => {
  it.each(cgroupFloods)('$name', attack => withstandHealthily(arena, attack), 120_000);

  it('50,000 cgroups, wide and deep: refused, or taken away again with their maker', async () => {
    const { seen, health } = await healthDuring(arena, async () => {
      const made = await arena.attacker(fiftyThousand, 60_000);
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
      expect(ended?.detail).toMatch(/^it had \d{3,5} of 400$/);
      await untilEnded(arena.client, arena.own.id, 30_000);
    }
    expect(await arena.outside(`docker ps -aq --filter name=belowdeck-${arena.own.id} | wc -l`)).toBe('0');
    const left = await arena.outside('find /sys/fs/cgroup -name "flood*" -o -name deep | wc -l');
    expect(left).toBe('0');
  }, 120_000);
});
