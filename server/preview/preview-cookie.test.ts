import { expect, it } from 'vitest';
import { cookieValues, createPasses, previewCookieName } from './preview-cookie.ts';

let now = 1_000;
const passes = createPasses('secret', () => now);
const pass = { label: 'a', port: 80, sessionId: 's', until: 2_000 };

it('opens what it sealed, until it ends', () => {
  const sealed = passes.seal(pass);
  expect(sealed).toMatch(/^[\w.-]+$/);
  expect(passes.open(sealed)).toEqual(pass);
  now = 2_000;
  expect(passes.open(sealed)).toBeNull();
  now = 1_000;
});

it('opens nothing that was changed, forged, or sealed by another', () => {
  const [body = '', mac = ''] = passes.seal(pass).split('.');
  const other = Buffer.from(JSON.stringify({ ...pass, label: 'b' })).toString('base64url');
  const foreign = createPasses('another', () => now).seal(pass);
  for (const text of [
    `${other}.${mac}`,
    `${body}.`,
    body,
    `${body}.${mac}x`,
    `${body}.${mac}.`,
    '',
    '.',
    'x.y',
    foreign,
  ])
    expect(passes.open(text), text).toBeNull();
});

it('finds every cookie of its name', () => {
  const name = previewCookieName(false);
  expect(cookieValues(`a=1; ${name}=x;${name}=y; x${name}=z; ${name}2=n`, name)).toEqual(['x', 'y']);
  expect(cookieValues(undefined, name)).toEqual([]);
  expect(previewCookieName(true)).toMatch(/^__Host-/);
});
