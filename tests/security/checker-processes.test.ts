import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

const all = { daemon: true, containers: true, processes: true };

describe('a learner who pretends', () => {
  it('with a fake docker and ps in the path and in /usr/bin: the container is not there', async () => {
    const shown = await arena.attacker(`for p in docker ps; do rm -f /usr/bin/$p /usr/local/bin/$p
      printf '#!/bin/sh\\necho "abc nginx web Up 5 minutes"\\n' >/usr/local/bin/$p; cp /usr/local/bin/$p /usr/bin/$p; chmod +x /usr/local/bin/$p /usr/bin/$p; done; docker ps`);
    expect(shown).toContain('web Up');
    const facts = await look(arena, all);
    expect(facts.daemon?.state).toBe('up');
    const said = verdict(facts, { container: { name: 'web', state: 'running' } });
    expect(said).toMatchObject({ outcome: 'failed' });
  });

  it('with names and arguments of nginx and dockerd: the kernel tells the executable', async () => {
    await arena.attacker(`perl -e '$0 = "dockerd"; sleep 60' & bash -c 'exec -a nginx sleep 60' &
      perl -e 'open F, ">", "/proc/self/comm"; print F "nginx"; close F; $0 = "nginx: master process nginx"; sleep 60' & sleep 0.5`);
    const facts = await look(arena, all);
    const forged = facts.processes?.filter(each => /nginx|dockerd/.test(`${each.comm} ${each.argv.join(' ')}`)) ?? [];
    expect(forged.filter(each => /perl|sleep/.test(each.exe ?? '')).length).toBeGreaterThanOrEqual(3);
    expect(verdict(facts, { process: { exe: 'nginx' } })).toMatchObject({ outcome: 'failed' });
    const services = facts.processes?.filter(each => each.exe?.endsWith('/dockerd') && each.genuine) ?? [];
    expect(services).toHaveLength(1);
    expect(facts.daemon?.pid).toBe(services[0]?.pid);
  });

  it('with another program as /usr/sbin/dockerd: it is no dockerd', async () => {
    await arena.attacker(
      'service docker stop >/dev/null; pkill -9 -x dockerd; rm -f /usr/sbin/dockerd; cp "$(command -v sleep)" /usr/sbin/dockerd; /usr/sbin/dockerd 60 >/dev/null 2>&1 & sleep 0.5',
      30_000,
    );
    const facts = await look(arena, all);
    const fake = facts.processes?.filter(each => each.exe === '/usr/sbin/dockerd') ?? [];
    expect(fake.map(each => each.genuine)).toEqual([false]);
    expect(facts.daemon).toMatchObject({ state: 'down', reason: 'no process' });
    expect(verdict(facts, { daemon: { service: 'dockerd', running: true } }).outcome).toBe('failed');
    expect(verdict(facts, { process: { exe: 'dockerd' } }).outcome).not.toBe('passed');
    expect(verdict(facts, { container: { name: 'web', state: 'running' } }).outcome).toBe('unknown');
  }, 60_000);
});
