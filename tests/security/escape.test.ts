import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answers, systemCalls } from '#sandboxd/preflight/escapes/system-calls.ts';
import { cgroupFiles } from './attacks/cgroup-files.ts';
import { innerContainers } from './attacks/inner-containers.ts';
import { kernelFiles } from './attacks/kernel-files.ts';
import { neighbours } from './attacks/neighbours.ts';
import { inSandbox, withoutFilter } from './attacks/system-calls.ts';
import { type Arena, openArena } from './support/arena.ts';
import { withstand } from './support/withstand.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

describe('root in a sandbox cannot', () => {
  it.each([...kernelFiles, ...cgroupFiles, ...innerContainers, ...neighbours])('$name', attack =>
    withstand(arena, attack),
  );
});

describe('system calls that no lab needs', () => {
  let answers: Answers;
  let control: Answers;
  beforeAll(async () => {
    [answers, control] = await Promise.all([inSandbox(arena), withoutFilter(arena)]);
  });

  it.each(systemCalls)('$name is refused by the filter', ({ name, errno }) => {
    expect(answers.get(name)).toBe(String(errno));
  });

  it('would reach the kernel without the filter: the control run gets other answers', () => {
    const differ = systemCalls.filter(({ name, errno }) => control.get(name) !== String(errno));
    expect(control.size).toBe(systemCalls.length);
    expect(differ.length).toBeGreaterThan(5);
    expect([...control.values()]).toContain('0');
  });

  it('kills what enters by another architecture’s door', async () => {
    const x32 = 'perl -e "print syscall(0x40000000 | 39)" 2>/dev/null; echo "status $?"';
    const seen = await arena.attacker(`[ "$(uname -m)" = x86_64 ] || { echo "status 159"; exit; }; ${x32}`);
    expect(seen).toMatch(/^status (159|31)$/m);
  });
});
