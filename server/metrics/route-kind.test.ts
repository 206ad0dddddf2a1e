import { expect, it } from 'vitest';
import { methodLabel, routeKind, socketKind } from './route-kind.ts';

it.each([
  ['/healthz', 'health'],
  ['/api/ready?x=1', 'health'],
  ['/metrics', 'metrics'],
  ['/api/v1/attempts/abc', 'api'],
  ['/_next/static/chunks/x.js', 'asset'],
  ['/icon.svg', 'asset'],
  ['/learn/docker-engine/first', 'page'],
  ['/wp-login.php', 'page'],
  [undefined, 'page'],
])('counts %s as %s', (url, kind) => expect(routeKind(url)).toBe(kind));

it('knows few methods and sockets, whatever is sent', () => {
  expect(['GET', 'POST', 'BREW', undefined].map(methodLabel)).toEqual(['GET', 'POST', 'other', 'other']);
  expect(['/ws/terminal/a/b', '/ws/class/a/b/c', '/ws/made-up/x', '/'].map(socketKind)).toEqual([
    'terminal',
    'class',
    'other',
    'other',
  ]);
});
