import http from 'node:http';
import net from 'node:net';
import { expect, it } from 'vitest';
import { hangUp } from './hang-up.ts';

it('closes a connection whose other side stays, once the last word is said', async () => {
  const server = http.createServer();
  const closed = new Promise<void>(resolve =>
    server.on('upgrade', (_, socket) => {
      socket.on('close', resolve);
      hangUp(socket, 'HTTP/1.1 401 Unauthorized\r\n\r\n');
    }),
  );
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as net.AddressInfo;
  const peer = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  peer.on('error', () => {});
  peer.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nmore that nobody reads');
  const heard = new Promise<string>(resolve => peer.once('data', data => resolve(String(data))));
  expect(await heard).toContain('401');
  await closed;
  peer.destroy();
  await new Promise(done => server.close(done));
});
