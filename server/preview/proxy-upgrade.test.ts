import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';
import { runSampleProgram } from './testing/sample-program.ts';

let stage: PreviewStage;
beforeEach(async () => {
  stage = await previewStage();
  await runSampleProgram(stage);
});
afterEach(() => stage.close());

describe('WebSockets', () => {
  let sockets: WebSocketServer;
  let asked: http.IncomingHttpHeaders[];
  beforeEach(async () => {
    asked = [];
    const server = http.createServer((_, response) => response.writeHead(200).end('page'));
    sockets = new WebSocketServer({ server, handleProtocols: () => 'chat' });
    sockets.on('connection', (socket, request) => {
      asked.push(request.headers);
      socket.send('hello');
      socket.on('message', (data, binary) => socket.send(data, { binary }));
    });
    await stage.listen(90, server);
  });
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
  });

  const open = (origin: string, headers: Record<string, string>, path = '/ws') => {
    const socket = new WebSocket(`ws://127.0.0.1:${stage.port}${path}`, ['chat'], {
      headers: { host: new URL(origin).host, origin, ...headers },
    });
    const texts: string[] = [];
    socket.on('message', data => texts.push(String(data)));
    const outcome = new Promise<string>(resolve => {
      socket.on('open', () => resolve(`open ${socket.protocol}`));
      socket.on('error', error => resolve(error.message));
    });
    return { socket, texts, outcome };
  };

  it('pass, with their protocol and frames, both ways, until one end closes', async () => {
    const { origin, cookie } = await stage.enter('Ada', 90);
    const { socket, texts, outcome } = open(origin, { cookie: `${cookie}; own=1` });
    expect(await outcome).toBe('open chat');
    socket.send('echo');
    socket.send('x'.repeat(300_000));
    await expect.poll(() => texts.map(text => text.length)).toEqual([5, 4, 300_000]);
    expect(asked[0]).toMatchObject({ host: new URL(origin).host, cookie: 'own=1', origin });
    const closed = new Promise(resolve => socket.on('close', resolve));
    for (const inside of sockets.clients) inside.close(4_001, 'bye');
    expect(await closed).toBe(4_001);
  });

  it('are refused without the cookie, and to pages from elsewhere', async () => {
    const ada = await stage.enter('Ada', 90);
    const bob = await stage.enter('Bob', 90);
    const { cookie } = ada;
    expect(await open(ada.origin, {}).outcome).toContain('403');
    expect(await open(ada.origin, { cookie: bob.cookie }).outcome).toContain('403');
    expect(await open(ada.origin, { cookie, origin: bob.origin }).outcome).toContain('403');
    expect(await open(ada.origin, { cookie, origin: `http://localhost:${stage.port}` }).outcome).toContain('403');
    expect(await open(ada.origin, { cookie, origin: 'null' }).outcome).toContain('403');
    expect(asked).toEqual([]);
    const own = (await stage.enter('Ada', 91)).origin;
    expect(await open(ada.origin, { cookie, origin: own }).outcome).toBe('open chat');
  });

  it('are refused where nothing or no WebSocket answers', async () => {
    const closed = await stage.enter('Ada', 99);
    expect(await open(closed.origin, { cookie: closed.cookie }).outcome).toContain('502');
    const plain = await stage.enter('Ada', 80);
    expect(await open(plain.origin, { cookie: plain.cookie }).outcome).toContain('200');
  });
});
