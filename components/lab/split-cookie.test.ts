import { expect, it } from 'vitest';
import { readSplit, splitCookie, usualGuideShare } from './split-cookie.ts';

const jar = (value?: string) => ({ get: () => (value === undefined ? undefined : { value }) });

it('remembers the width, and forgives a broken cookie', () => {
  const value = splitCookie(61.7).split(/[=;]/)[1];
  expect(readSplit(jar(value))).toBe(62);
  for (const broken of [undefined, '', 'wide', '-4', '99']) expect(readSplit(jar(broken))).toBe(usualGuideShare);
});
