import net from 'node:net';
import { expect, it } from 'vitest';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { startTicksOf } from '../host/read-process.ts';
import { forwardLimits } from './forward-limits.ts';
import { publishedPorts } from './published-ports.ts';
import { joinPorts, listenersOf, sandboxPorts } from './sandbox-ports.ts';

const self = { pid: process.pid, startTicks: startTicksOf(process.pid) ?? 0 };
/** A sandbox's daemon that answers with this. */
const daemon = (answer: unknown) =>
  ({ json: async (schema: { parse(value: unknown): unknown }) => schema.parse(answer) }) as unknown as EngineClient;
const web = (port: number, reach: SandboxPort['reach'] = 'anywhere'): SandboxPort => ({
  port,
  reach,
  container: { name: 'web', port: 80 },
});

it('reads what the daemon publishes', async () => {
  const answer = [
    {
      Names: ['/web', '/other/web'],
      Ports: [
        { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { IP: '127.0.0.1', PrivatePort: 80, PublicPort: 8081, Type: 'tcp' },
        { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 53, Type: 'udp' },
        { PrivatePort: 443, Type: 'tcp' },
        { IP: '0.0.0.0', PrivatePort: 1, PublicPort: 70_000, Type: 'tcp' },
      ],
    },
    { Names: null, Ports: null },
  ];
  expect(await publishedPorts(daemon(answer))).toEqual([web(8080), web(8080), web(8081, 'inside')]);
});

it('puts both words together, each port once', () => {
  const listeners = [
    { port: 80, anywhere: false },
    { port: 3000, anywhere: true },
    { port: 8080, anywhere: true },
  ];
  expect(joinPorts([web(9090, 'inside'), web(8080), web(9090)], listeners)).toEqual([
    web(8080),
    web(9090),
    { port: 80, reach: 'inside', container: null },
    { port: 3000, reach: 'anywhere', container: null },
  ]);
  const many = Array.from({ length: 500 }, (_, at) => ({ port: at + 1, anywhere: true }));
  expect(joinPorts([], many)).toHaveLength(forwardLimits.maxPorts);
});

it('still tells what the kernel says when the daemon talks nonsense', async () => {
  const server = net.createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as net.AddressInfo;
  const mine = { port, anywhere: false };
  expect(await listenersOf(self)).toContainEqual(mine);
  const ports = await sandboxPorts(daemon({ nonsense: true }), self);
  expect(ports.every(one => one.container === null)).toBe(true);
  await new Promise(done => server.close(done));
  expect(await listenersOf(self)).not.toContainEqual(mine);
  expect(await listenersOf({ ...self, pid: 2 ** 22 + 1 })).toEqual([]);
});

it('tells nothing of a process that has the number of one that is gone, however late it got it', async () => {
  const server = net.createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  expect(await listenersOf({ ...self, startTicks: self.startTicks - 1 })).toEqual([]);
  let asked = 0;
  const changing = {
    pid: process.pid,
    // True before the reading, another's after it.
    get startTicks() {
      return self.startTicks - asked++;
    },
  };
  expect(await listenersOf(changing)).toEqual([]);
  expect(asked).toBe(2);
  await new Promise(done => server.close(done));
});
