import http from 'node:http';
import type net from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dialSandboxd } from './dial-sandboxd.ts';
import { openTunnel } from './open-tunnel.ts';

let server: http.Server;
let asked: string[];
let answer: (socket: net.Socket) => void;
beforeEach(async () => {
  asked = [];
  server = http.createServer((_, response) => response.writeHead(404).end('no JSON'));
  server.on('upgrade', (request, socket) => {
    asked.push(`${request.url} ${request.headers.upgrade} ${request.headers.authorization}`);
    answer(socket as net.Socket);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const open = () => {
  const { port } = server.address() as net.AddressInfo;
  const base = new URL(`http://127.0.0.1:${port}`);
  return openTunnel(
    { base, dial: dialSandboxd(base), headers: () => ({ authorization: 'Bearer t' }) },
    '0123456789ab',
    8080,
  );
};

it('is a raw connection, with what was said together with the handshake', async () => {
  answer = socket => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: belowdeck-tcp\r\n\r\nfirst ');
    socket.on('data', chunk => socket.end(`heard ${chunk}`));
  };
  const tunnel = await open();
  tunnel.write('bytes');
  let text = '';
  for await (const chunk of tunnel) text += chunk;
  expect(text).toBe('first heard bytes');
  expect(asked).toEqual(['/forward/0123456789ab/8080 belowdeck-tcp Bearer t']);
});

it('fails with sandboxd’s own code', async () => {
  const body = JSON.stringify({
    error: { code: 'port-closed', message: 'port 8080', learnerMessage: 'Nothing there.' },
  });
  answer = socket => socket.end(`HTTP/1.1 502 Refused\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await expect(open()).rejects.toMatchObject({ code: 'port-closed', learnerMessage: 'Nothing there.' });
});

it.each<[string, (socket: net.Socket) => void]>([
  ['hangs up', socket => socket.destroy()],
  ['talks nonsense', socket => socket.end('nonsense\r\n\r\n')],
  ['is something else', socket => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno')],
])('counts as unreachable when the other end %s', async (_, how) => {
  answer = how;
  await expect(open()).rejects.toMatchObject({ code: 'host-unreachable' });
});
