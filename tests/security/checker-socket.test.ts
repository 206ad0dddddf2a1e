import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiAnswers, fakeApi, putBack } from './attacks/fake-api.ts';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
  await arena.attacker('docker run -d --name decoy nginx');
});
afterEach(async () => {
  await arena.attacker(putBack);
});
afterAll(() => arena.close());

const needs = { daemon: true, containers: true, images: true, processes: true };
const webRuns = { container: { name: 'web', state: 'running' } } as const;

describe('the sandbox’s docker.sock replaced by', () => {
  it.each([
    [
      'a link that leads outside to the sandbox host’s own engine',
      'ln -s /var/run/docker.sock /run/docker.sock',
      /symbolic link/,
    ],
    ['a link to the real socket', 'ln -s /run/real.sock /run/docker.sock', /symbolic link/],
    ['a FIFO', 'mkfifo /run/docker.sock', /not a socket/],
    ['a regular file', 'echo \'[{"Names":["/web"]}]\' >/run/docker.sock', /not a socket/],
    ['a directory', 'mkdir /run/docker.sock', /not a socket/],
    ['nothing', 'true', /there is no/],
  ])('%s: unknown, with the reason', async (_name, script, reason) => {
    const tried = await arena.attacker(`mv /run/docker.sock /run/real.sock; ${script}; stat -c %F /run/docker.sock`);
    expect(tried).not.toMatch(/^socket$/m);
    const facts = await look(arena, needs);
    expect(facts.containers).toBeNull();
    expect(facts.images).toBeNull();
    expect(facts.gaps.find(gap => gap.part === 'containers')?.reason).toMatch(reason);
    expect(facts.daemon).toMatchObject({ state: 'silent', version: null });
    expect(verdict(facts, webRuns).outcome).toBe('unknown');
  });

  it.each([
    ['a gigabyte', apiAnswers.gigabyte],
    ['an endless list', apiAnswers.endless],
    ['JSON 10,000 levels deep', apiAnswers.deep],
    ['no JSON', apiAnswers.noJson],
    ['one byte per second (slow loris)', apiAnswers.slow],
    ['a believable lie', apiAnswers.lie],
  ])('a program of the learner’s that answers %s: not believed', async (_name, body) => {
    await arena.attacker(fakeApi(body));
    const facts = await look(arena, needs);
    expect(await arena.attacker('sort -u /tmp/fake.log; cat /tmp/fake.err')).toBe('CONTACT');
    expect(facts.containers).toBeNull();
    expect(facts.gaps.find(gap => gap.part === 'containers')?.reason).toContain('another program than the lab');
    expect(verdict(facts, webRuns).outcome).toBe('unknown');
  });
});
