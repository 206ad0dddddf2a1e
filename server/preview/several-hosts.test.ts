import net from 'node:net';
import { expect, it } from 'vitest';
import { previewStage } from './testing/preview-stage.ts';

it('whoever names two hosts and breaks off while he is refused ends nothing', async () => {
  const stage = await previewStage();
  const head = [
    'GET / HTTP/1.1',
    'Host: localhost',
    'Host: p80-x.localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  const refused = await new Promise<string>(resolve => {
    const socket = net.connect({ port: stage.port, host: '127.0.0.1' }, () =>
      socket.write(`${head.join('\r\n')}\r\n\r\n`),
    );
    socket.once('data', data => {
      resolve(String(data).split('\r\n')[0] ?? '');
      socket.resetAndDestroy();
    });
  });
  expect(refused).toContain('400');
  // An error that nobody listens for would fail this run.
  expect((await stage.ask(`http://localhost:${stage.port}/`)).body).toBe('the app');
  await stage.close();
});
