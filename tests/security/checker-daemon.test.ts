import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiAnswers, fakeApi, putBack } from './attacks/fake-api.ts';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
  await arena.attacker('service docker stop; touch /run/docker.sock', 30_000);
});
afterEach(async () => {
  await arena.attacker(`pkill -9 -f decoy.sock; ${putBack}`);
});
afterAll(() => arena.close());

const needs = { daemon: true, containers: true, images: true, processes: true };

/**
 * Opens docker.sock, leaves a child to answer there, and becomes the lab's own dockerd: the kernel then names that as the
 * one that listens. docs/security.md counts this among what is not defended, so what is sent must be bounded by itself.
 */
const become = `if (fork) { exec '/usr/sbin/dockerd', '-H', 'unix:///run/decoy.sock', '--data-root', '/tmp/dd', '--exec-root', '/tmp/de', '--pidfile', '/tmp/dp', '--bridge=none', '--iptables=false', '--containerd=/run/containerd/containerd.sock'; die "exec $!" }`;

describe('a program of the learner’s that the kernel takes for the lab’s dockerd, and answers', () => {
  it.each([
    ['a gigabyte', apiAnswers.gigabyte, /too (?:large|long)|more than|bytes/],
    ['an endless list', apiAnswers.endless, /too (?:large|long)|more than|bytes/],
    ['JSON 10,000 levels deep', apiAnswers.deep, /^JSON nested deeper than \d+ levels/],
    ['no JSON', apiAnswers.noJson, /JSON/],
    ['one byte per second (slow loris)', apiAnswers.slow, /time|JSON/],
    ['a believable lie', apiAnswers.lie, /./],
  ])('%s: bounded, in time, and unknown', async (_name, body, reason) => {
    await arena.attacker(fakeApi(body, become));
    // Believed to be it: the answer itself was read.
    expect(
      await arena.attacker(
        "for i in $(seq 40); do pgrep -f '^/usr/sbin/dockerd.*decoy' >/dev/null && break; sleep 0.2; done; pgrep -fc '^/usr/sbin/dockerd.*decoy'",
      ),
    ).toBe('1');
    const facts = await look(arena, needs);
    expect(await arena.attacker('sort -u /tmp/fake.log')).toBe('CONTACT');
    const gap = facts.gaps.find(each => each.part === 'containers')?.reason ?? '';
    expect(gap).not.toContain('another program');
    expect(gap).toMatch(reason);
    expect(facts.containers ?? []).toEqual([]);
    expect(verdict(facts, { container: { name: 'web', state: 'running' } }).outcome).toBe('unknown');
  });
});
