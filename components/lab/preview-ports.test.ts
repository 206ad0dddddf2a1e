import { expect, it } from 'vitest';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import { portRows, previewHref, typedPort } from './preview-ports.ts';

const web = (port: number, reach: SandboxPort['reach']): SandboxPort => ({
  port,
  reach,
  container: { name: 'web', port: 80 },
});

it('shows what a learner opened, what can be looked at first', () => {
  const rows = portRows([
    web(8081, 'inside'),
    web(8080, 'anywhere'),
    { port: 3000, reach: 'anywhere', container: null },
    { port: 40_123, reach: 'inside', container: null },
  ]);
  expect(rows.map(({ port, open }) => [port, open])).toEqual([
    [8080, true],
    [3000, true],
    [8081, false],
  ]);
  expect(rows.map(({ about }) => about)).toEqual([
    'Container web, port 80',
    'A program in the sandbox',
    'Container web, port 80. On 127.0.0.1 only: out of reach from here',
  ]);
  expect(portRows(Array.from({ length: 60 }, (_, at) => web(at + 1, 'anywhere')))).toHaveLength(12);
});

it('knows a port when it is typed', () => {
  expect(['8080', ' 80 ', ':3000', '65535'].map(typedPort)).toEqual([8080, 80, 3000, 65_535]);
  expect(['', '0', '65536', '-1', '8o', '1e3', '80/tcp', '999999'].map(typedPort)).toEqual(Array(8).fill(null));
  expect(previewHref('a/b', 80)).toBe('/api/v1/attempts/a%2Fb/preview/80');
});
