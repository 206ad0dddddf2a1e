import { describe, expect, it } from 'vitest';
import { assertCapacity, maxSandboxesFor, parseMeminfo, readHostMemory } from './capacity.ts';

const GiB = 1024 ** 3;

describe('capacity', () => {
  it('reads what the kernel says is available', () => {
    const text = 'MemTotal:       24680000 kB\nMemFree:          100 kB\nMemAvailable:   12340000 kB\n';
    expect(parseMeminfo(text)).toEqual({ totalBytes: 24_680_000 * 1024, freeBytes: 12_340_000 * 1024 });
    const real = readHostMemory();
    expect(real.totalBytes).toBeGreaterThan(real.freeBytes);
    expect(real.freeBytes).toBeGreaterThan(0);
  });

  it('holds fifteen on a machine of 24 GiB, and two on the smallest', () => {
    expect(maxSandboxesFor(24 * 0.75 * GiB)).toBeGreaterThanOrEqual(15);
    expect(maxSandboxesFor(GiB)).toBe(2);
  });

  it('refuses beyond the number and below the memory, saying which', () => {
    const fine = { living: 3, maxSandboxes: 4, freeBytes: GiB };
    expect(() => assertCapacity(fine)).not.toThrow();
    expect(() => assertCapacity({ ...fine, living: 4 })).toThrow(
      expect.objectContaining({ code: 'no-capacity', message: '4 sandboxes live, 4 may' }),
    );
    expect(() => assertCapacity({ ...fine, freeBytes: GiB / 4 })).toThrow(/256 MiB of memory free/);
  });
});
