import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it('keeps paths of ours', () => {
  for (const path of ['/', '/learn/docker-engine?step=2#task', '/join/ABC']) expect(safeNext(path)).toBe(path);
});

it('never leads to another site', () => {
  const bad = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a\nb',
    '/\t/evil',
    '',
    null,
  ];
  for (const value of bad) expect(safeNext(value), String(value)).toBe('/');
});
