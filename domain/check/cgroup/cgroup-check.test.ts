import { describe, expect, it } from 'vitest';
import type { CgroupFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { AT, idOf, makeCgroup, makeContainer, makeFacts } from '../testing/make-facts.ts';
import type { CgroupSpec } from './cgroup-spec.ts';

const MIB = 1024 ** 2;
const its = 'the cgroup of container `web`';
const seen = (fact: Partial<CgroupFact> = {}) =>
  makeFacts({ containers: [makeContainer()], cgroups: [makeCgroup(fact)] });

describe('cgroup', () => {
  it.each<[Omit<CgroupSpec, 'of'>, Partial<CgroupFact>, string]>([
    [{ memoryLimit: '64m' }, { memoryLimitBytes: 64 * MIB }, `passed: ${its} has a memory limit of 64 MiB`],
    [{ memoryLimit: 100_000_000 }, { memoryLimitBytes: 99_999_744 }, `passed: ${its} has a memory limit of 95.37 MiB`],
    [{ memoryLimit: '64m' }, { memoryLimitBytes: 32 * MIB }, `failed: ${its} has a memory limit of 32 MiB`],
    [{ memoryLimit: '64m' }, {}, `failed: ${its} has no memory limit`],
    [{ memoryLimit: 'none' }, {}, `passed: ${its} has no memory limit`],
    [{ cpus: 0.5 }, { cpus: 0.5 }, `passed: ${its} has a CPU limit of 0.5`],
    [{ cpus: '0.5' }, { cpus: 0.25 }, `failed: ${its} has a CPU limit of 0.25`],
    [{ pidsLimit: 1 }, { pidsLimit: 10 }, `failed: ${its} has a limit of 10 processes`],
    [{ frozen: true }, { frozen: true }, `passed: ${its} is frozen`],
    [{ frozen: true }, {}, `failed: ${its} is not frozen`],
    [{ oomKills: { min: 1 } }, { oomKills: 2 }, `passed: ${its} counts at least 1 out-of-memory kill`],
    [{ oomKills: 0 }, { oomKills: 2 }, `failed: ${its} counts 2 out-of-memory kills`],
    [{ pids: { max: 5 } }, { pids: null }, `unknown: ${its} does not count processes`],
  ])('%j', (fields, fact, expected) => {
    expect(said({ cgroup: { of: 'web', ...fields } }, { now: seen(fact) })).toBe(expected);
  });

  it('binds the container it looked at', () => {
    expect(find({ cgroup: { of: 'web', frozen: false } }, { now: seen() }).bound?.container?.id).toBe(idOf('a'));
  });

  it('fails for a container that does not run, saying what became of it', () => {
    const ended = makeContainer({ state: 'exited', exitCode: 0, finishedAt: AT - 2_000 });
    const now = makeFacts({ containers: [ended], cgroups: [] });
    expect(said({ cgroup: { of: 'web', frozen: false } }, { now })).toBe(
      'failed: container `web` has no cgroup: it exited with code 0, 2 s ago',
    );
  });

  it('is unknown when cgroups were not seen or not all', () => {
    const unseen = makeFacts({ containers: [makeContainer()], gaps: [{ part: 'cgroups', reason: 'timed out' }] });
    expect(said({ cgroup: { of: 'web', frozen: true } }, { now: unseen })).toBe(
      'unknown: the cgroups could not be read: timed out',
    );
    expect(find({ cgroup: { of: 'web', frozen: true } }, { now: { ...unseen, cgroups: [] } }).outcome).toBe('unknown');
    expect(find({ cgroup: { of: 'web', frozen: true } }).outcome).toBe('unknown');
  });
});
