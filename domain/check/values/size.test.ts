import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpus, parseSize, showSize } from './size.ts';

describe('parseSize', () => {
  it.each<[string | number, number | null]>([
    ['512m', 512 * 1024 ** 2],
    ['512M', 512 * 1024 ** 2],
    ['1g', 1024 ** 3],
    ['1.5g', 1.5 * 1024 ** 3],
    ['64MiB', 64 * 1024 ** 2],
    ['64 mb', 64 * 1024 ** 2],
    ['65536', 65_536],
    ['100b', 100],
    [65_536, 65_536],
    ['', null],
    ['m', null],
    ['-1m', null],
    ['1e9', null],
    ['512x', null],
    ['1 2m', null],
    [Number.NaN, null],
    [-1, null],
  ])('%j is %j', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });
});

describe('parseCpus', () => {
  it.each<[string | number, number | null]>([
    [0.5, 0.5],
    ['1.5', 1.5],
    ['2', 2],
    ['0', null],
    ['half', null],
    ['1e3', null],
    [Number.POSITIVE_INFINITY, null],
  ])('%j is %j', (text, cpus) => {
    expect(parseCpus(text)).toBe(cpus);
  });
});

describe('showSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [512, '512 bytes'],
    [1024, '1 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [100_000_000, '95.37 MiB'],
  ])('%d is %s', (bytes, text) => {
    expect(showSize(bytes)).toBe(text);
  });

  it('is read back to within a hundredth of its unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 2 ** 45 }), bytes => {
        const back = parseSize(showSize(bytes)) ?? 0;
        expect(Math.abs(back - bytes) / bytes).toBeLessThan(0.006);
      }),
    );
  });
});
