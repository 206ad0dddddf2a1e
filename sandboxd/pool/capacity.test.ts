import { describe, expect, it } from 'vitest';
import { maxSandboxesFor, parseMeminfo, readHostMemory, roomFor } from './capacity.ts';

const GiB = 1024 ** 3;

describe('capacity', () => {
  it('reads what the kernel says is available', () => {
    const text = 'MemTotal:       24680000 kB\nMemFree:          100 kB\nMemAvailable:   12340000 kB\n';
    expect(parseMeminfo(text)).toEqual({ totalBytes: 24_680_000 * 1024, freeBytes: 12_340_000 * 1024 });
    const real = readHostMemory();
    expect(real.totalBytes).toBeGreaterThan(real.freeBytes);
    expect(real.freeBytes).toBeGreaterThan(0);
  });

  it('holds a class of forty on a machine of 24 GiB, and two on the smallest', () => {
    expect(maxSandboxesFor(24 * 0.75 * GiB)).toBeGreaterThanOrEqual(40);
    expect(maxSandboxesFor(GiB)).toBe(2);
  });

  it('has places up to the number and down to the memory, and says which is short', () => {
    const fine = { living: 3, maxSandboxes: 5, freeBytes: 8 * GiB };
    expect(roomFor(fine).places).toBe(2);
    expect(roomFor({ ...fine, living: 5 })).toMatchObject({ places: 0, shortOf: 'full' });
    expect(roomFor({ ...fine, living: 9 })).toMatchObject({ places: 0, shortOf: 'full' });
    expect(roomFor({ ...fine, freeBytes: GiB / 4 })).toMatchObject({ places: 0, shortOf: 'memory' });
    expect(roomFor({ ...fine, freeBytes: GiB / 2 })).toMatchObject({ places: 1, shortOf: 'memory' });
  });

  it('says how many idle ones would have to go for one more', () => {
    const missing = (change: object) => roomFor({ living: 3, maxSandboxes: 5, freeBytes: 8 * GiB, ...change }).missing;
    expect(missing({})).toEqual({ byNumber: 0, byMemory: 0 });
    expect(missing({ living: 5 })).toEqual({ byNumber: 1, byMemory: 0 });
    // The number was set lower meanwhile.
    expect(missing({ living: 7 })).toEqual({ byNumber: 3, byMemory: 0 });
    expect(missing({ freeBytes: GiB / 2 - 1 })).toEqual({ byNumber: 0, byMemory: 1 });
    expect(missing({ living: 5, freeBytes: GiB / 2 - 100 * 1024 ** 2 })).toEqual({ byNumber: 1, byMemory: 3 });
  });
});
