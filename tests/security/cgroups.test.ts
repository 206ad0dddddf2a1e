import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { untilEnded } from '#tests/support/claim.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { cgroupFloods, churnInside, fiftyThousand, fiftyThousandInside } from './attacks/cgroup-floods.ts';
import { type Arena, openArena } from './support/arena.ts';
import { expectHealthy, healthDuring } from './support/health.ts';
import { withstandHealthily } from './support/withstand.ts';

let arena: Arena;
// Each in sandboxes of its own: on version 1 a flood may end the one that makes it.
beforeEach(async () => {
  arena = await openArena();
});
afterEach(() => arena.close());

describe('platform and neighbour stay healthy, and the fence holds, under', () => {
  it.each(cgroupFloods)('$name', attack => withstandHealthily(arena, attack), 120_000);

  const flood = async (script: string) => {
    const { seen, health } = await healthDuring(arena, async () => {
      const made = await arena.attacker(script, 60_000);
      await arena.outside('sleep 2');
      return made;
    });
    expectHealthy(health);
    return { made: Number(seen), sandbox: await arena.client.call('sandbox.get', { sandboxId: arena.own.id }) };
  };
  const left = () => arena.outside('find /sys/fs/cgroup -name "flood*" -o -name deep | wc -l').then(Number);
  const expectDockerUp = async () => {
    const facts = await arena.client.call('facts.get', { sandboxId: arena.own.id, needs: { daemon: true } });
    expect(facts.daemon?.state).toBe('up');
  };
  const expectNothingLeft = async () => {
    await untilEnded(arena.client, arena.own.id, 30_000);
    expect(await arena.outside(`docker ps -aq --filter name=belowdeck-${arena.own.id} | wc -l`)).toBe('0');
    expect(await left()).toBe(0);
  };

  it('50,000 cgroups, wide and deep: refused, and the sandbox works on', async () => {
    const { made, sandbox } = await flood(fiftyThousand);
    expect(sandbox.state).toBe('ready');
    // Version 2: the kernel's limit. Version 1: what could be made until it was seen.
    const version = await arena.outside('[ -e /sys/fs/cgroup/cgroup.controllers ] && echo 2 || echo 1');
    expect(made).toBeLessThan(version === '2' ? defaultLimits.cgroups : 10_000);
    await expectDockerUp();
    await waitUntil('surplus cgroups to go', async () => (await left()) <= defaultLimits.cgroups, 20_000);
    const run = 'find /sys/fs/cgroup -depth -type d -name "flood*" -delete; docker run --rm busybox echo works';
    await waitUntil('containers to start again', async () => (await arena.attacker(run)).endsWith('works'), 30_000);
    await arena.client.call('sandbox.end', { sandboxId: arena.own.id, reason: 'admin' });
    await expectNothingLeft();
  }, 120_000);

  it('50,000 cgroups from within a folder: refused, or the sandbox is ended', async () => {
    const { made, sandbox } = await flood(fiftyThousandInside);
    if (sandbox.state === 'ready') {
      // Version 2: the kernel refuses, and all goes on.
      expect(made).toBeLessThan(defaultLimits.cgroups);
      await expectDockerUp();
      await arena.client.call('sandbox.end', { sandboxId: arena.own.id, reason: 'admin' });
    } else {
      // Version 1 has no such limit.
      expect(sandbox.ended).toMatchObject({ reason: 'cgroups' });
      expect(sandbox.ended?.detail).toMatch(/^it had \d{3,5} of 400$/);
    }
    await expectNothingLeft();
  }, 120_000);

  it('cgroups made and removed without end from within a folder: the sandbox is ended', async () => {
    const seconds = 20;
    const [made = 0] = (await arena.attacker(churnInside(seconds), 60_000)).split(' ').map(Number);
    const sandbox = await arena.client.call('sandbox.get', { sandboxId: arena.own.id });
    // An emulated machine may be too slow to make more than are allowed: then nobody is ended.
    if (sandbox.state === 'ready') {
      expect(made).toBeGreaterThan(0);
      expect(made / seconds).toBeLessThan(defaultLimits.cgroupsPerSecond);
      await arena.client.call('sandbox.end', { sandboxId: arena.own.id, reason: 'admin' });
    } else {
      expect(sandbox.ended).toMatchObject({ reason: 'cgroups' });
      expect(sandbox.ended?.detail).toMatch(/^it made \d{3,6} a second of 500$/);
    }
    await expectNothingLeft();
  }, 120_000);
});
