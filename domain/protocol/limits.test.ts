import { describe, expect, it } from 'vitest';
import { defaultLimits, describeLimits, LimitsError, limitSpecs, limitsSchema, parseLimits } from './limits.ts';

function problemsOf(limits: unknown): readonly string[] {
  try {
    parseLimits(limits);
  } catch (error) {
    if (error instanceof LimitsError) return error.problems;
    throw error;
  }
  return [];
}

describe('an operator’s limits', () => {
  it('may leave everything out', () => {
    expect(parseLimits({})).toEqual(defaultLimits);
  });

  it('change what they name and nothing else', () => {
    const limits = parseLimits({ memory: '2GiB', pids: 2048, terminalRate: '1 MiB/s', cpus: 0.5 });
    expect(limits).toEqual({
      ...defaultLimits,
      memoryBytes: 2 ** 31,
      pids: 2048,
      terminalBytesPerSecond: 2 ** 20,
      cpus: 0.5,
    });
  });

  it('are refused with key, value and remedy, all problems at once', () => {
    expect(
      problemsOf({ memory: 1536, pids: '1024', cpus: 0, disk: '1 parsec', terminalRate: '4MiB', memroy: 1 }),
    ).toEqual([
      'memory: 1536 has no unit; write it like "1.5 GiB", from 384 MiB to 256 GiB',
      'pids: "1024" is no whole number; write one from 200 to 30000, without quotes',
      'cpus: 0 is out of bounds; use from 0.2 to 64',
      'disk: "1 parsec" has no unit; write it like "1 GiB", from 192 MiB to 128 GiB',
      'terminalRate: "4MiB" has no unit; write it like "4 MiB/s", from 64 KiB/s to 1 GiB/s',
      '"memroy" is no limit; there are memory, cpus, pids, disk, inodes, cgroups, cgroupDepth, cgroupRate, log, terminalRate, terminalBurst',
    ]);
  });

  it('are refused when the disk does not fit into the memory it lies in', () => {
    expect(problemsOf({ memory: '1GiB' })).toEqual([
      'disk: 1 GiB lies in the memory of 1 GiB; set memory to at least 1.2 GiB, or disk to at most 864 MiB',
    ]);
    expect(problemsOf({ memory: '1GiB', disk: '512MiB' })).toEqual([]);
  });

  it('are refused when they are something else', () => {
    expect(problemsOf([1])[0]).toMatch(/^it must be an object/);
    expect(problemsOf({ toString: 1 })[0]).toMatch(/^"toString" is no limit/);
  });
});

it('of a sandbox from before the rate of control groups was limited are read with its default', () => {
  const { cgroupsPerSecond, ...before } = defaultLimits;
  expect(limitsSchema.parse(before)).toEqual({ ...before, cgroupsPerSecond: 500 });
  expect(cgroupsPerSecond).toBe(500);
});

it('defaults lie within their own bounds, and each field is set by one name', () => {
  for (const { fallback, min, max } of Object.values(limitSpecs)) {
    expect(fallback).toBeGreaterThanOrEqual(min);
    expect(fallback).toBeLessThanOrEqual(max);
  }
  expect(Object.values(limitSpecs).map(spec => spec.field)).toEqual(Object.keys(limitsSchema.shape));
});

it('are described as people read them', () => {
  const described = Object.fromEntries(describeLimits(defaultLimits));
  expect(described.memory).toBe('1.5 GiB');
  expect(described.terminalRate).toBe('4 MiB/s');
  expect(described.pids).toBe('1024');
});
