import { expect, it } from 'vitest';
import { formatBytes, parseBytes } from './byte-units.ts';

it('reads sizes with their unit, and nothing else', () => {
  expect(parseBytes('1536MiB')).toBe(1536 * 2 ** 20);
  expect(parseBytes('1.5 GiB')).toBe(1.5 * 2 ** 30);
  expect(parseBytes('10MB')).toBe(10_000_000);
  expect(parseBytes('512B')).toBe(512);
  for (const text of ['1536', '', 'MiB', '-1MiB', '1mib', '1 TB', '1e9B', 'constructor', '1constructor'])
    expect(parseBytes(text)).toBeNull();
});

it('writes sizes as people read them', () => {
  expect([0, 512, 2048, 1536 * 2 ** 20, 1023 * 2 ** 20, 2 ** 30].map(formatBytes)).toEqual([
    '0 B',
    '512 B',
    '2 KiB',
    '1.5 GiB',
    '1023 MiB',
    '1 GiB',
  ]);
});
