import { expect, it } from 'vitest';
import { forwardPath, parseForwardPath } from './forward.ts';

it('reads the paths that it makes', () => {
  for (const port of [1, 80, 8080, 65_535])
    expect(parseForwardPath(forwardPath('0123456789ab', port))).toEqual({ sandboxId: '0123456789ab', port });
});

it.each([
  '/forward/0123456789ab/0',
  '/forward/0123456789ab/65536',
  '/forward/0123456789ab/080',
  '/forward/0123456789ab/80/',
  '/forward/0123456789ab/80?x',
  '/forward/0123456789ab/-1',
  '/forward/0123456789ab/8e3',
  '/forward/0123456789AB/80',
  '/forward/0123456789ab',
  '/forward/0123456789ab/10.0.0.1:80',
  '/forward/../0123456789ab/80',
  ' /forward/0123456789ab/80',
])('refuses %s', path => expect(parseForwardPath(path)).toBeNull());
