import { expect, it } from 'vitest';
import { matchesLive } from './matches-live.ts';

const id = `4e9c${'0'.repeat(60)}`;

it.each<[string, string | number, boolean]>([
  ['200', 200, true],
  [' 200 ', 200, true],
  ['PID 200', 200, true],
  ['0200', 200, true],
  ['201', 200, false],
  ['', 0, false],
  ['two hundred', 200, false],
  ['512m', 512 * 1024 ** 2, true],
  ['0.5', 0.5, true],
  [id.slice(0, 12), id, true],
  [id, id, true],
  [`sha256:${id.slice(0, 16)}`, `sha256:${id}`, true],
  [id.slice(0, 12).toUpperCase(), id, true],
  [id.slice(0, 11), id, false],
  ['4e9c00000001', id, false],
  ['', id, false],
  ['Tini', 'tini', true],
  ['tin', 'tini', false],
  ['dockerd', '/usr/sbin/dockerd', true],
  ['/usr/sbin/dockerd', '/usr/sbin/dockerd', true],
  ['sbin/dockerd', '/usr/sbin/dockerd', false],
  ['true', 'on', true],
  ['on', 'on', true],
  ['false', 'on', false],
  ['create, start', 'create, start', true],
  ['create start', 'create, start', true],
  ['create → start', 'create, start', true],
  ['create -> start', 'create, start', true],
  ['start, create', 'create, start', false],
  ['4026532004', '4026532004', true],
])('%j means %j: %s', (answer, value, matches) => {
  expect(matchesLive(answer, value)).toBe(matches);
});
