import { expect, it } from 'vitest';
import { isAuthorized } from './bearer.ts';

const token = 'a-token-of-at-least-32-characters';

it.each([
  [`Bearer ${token}`, true],
  [`Bearer ${token}x`, false],
  [`Bearer ${token.slice(0, -1)}`, false],
  [`bearer ${token}`, false],
  [token, false],
  ['Bearer ', false],
  [undefined, false],
])('%s', (header, allowed) => expect(isAuthorized(header, token)).toBe(allowed));

it('never lets anybody in with an empty token', () => {
  expect(isAuthorized('Bearer ', '')).toBe(false);
  expect(isAuthorized(undefined, '')).toBe(false);
});
