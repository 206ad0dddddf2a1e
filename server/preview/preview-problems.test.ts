import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';
import { runSampleProgram } from './testing/sample-program.ts';

let stage: PreviewStage;
beforeEach(async () => {
  stage = await previewStage();
  await runSampleProgram(stage);
});
afterEach(() => stage.close());

describe('a page of ours says', () => {
  const problem = async (port: number) => {
    const { origin, cookie } = await stage.enter('Ada', port);
    return stage.ask(`${origin}/`, { headers: { cookie, accept: 'text/html' } });
  };
  const program = (answer: (socket: net.Socket) => void) =>
    net.createServer(socket => socket.on('error', () => {}).once('data', () => answer(socket)));

  it('that nothing listens, and what does', async () => {
    const { status, body, headers } = await problem(8080);
    expect(status).toBe(502);
    expect(body).toContain('Nothing in the sandbox answers on port 8080.');
    expect(body).toContain('8080 → web:80 (127.0.0.1 only)');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('that the port hung up, or speaks something else', async () => {
    await stage.listen(
      81,
      program(socket => socket.end()),
    );
    expect((await problem(81)).body).toContain('hung up without an answer');
    await stage.listen(
      82,
      program(socket => socket.end('SSH-2.0-OpenSSH\r\n')),
    );
    expect((await problem(82)).body).toContain('does not speak HTTP');
    await stage.listen(
      83,
      program(socket => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)),
    );
    expect((await problem(83)).status).toBe(502);
    await stage.listen(
      84,
      program(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\nx')),
    );
    expect((await problem(84)).status).toBe(502);
  });

  it.each([
    ['a status that is none', 'HTTP/1.1 042 x\r\ncontent-length: 0\r\n\r\n'],
    ['status 000', 'HTTP/1.1 000 x\r\ncontent-length: 0\r\n\r\n'],
    ['a switch nobody asked for', 'HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nbytes'],
    ['an unknown version', 'HTTP/9.9 200 x\r\ncontent-length: 0\r\n\r\n'],
    ['control characters in a header', 'HTTP/1.1 200 x\r\nx: a\x01b\x7f\r\ncontent-length: 0\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 x\r\n: x\r\ncontent-length: 0\r\n\r\n'],
    ['a redirect into nothing', 'HTTP/1.1 302 x\r\nlocation: http://[\r\ncontent-length: 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
    ['a chunk that is none', 'HTTP/1.1 200 x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['nothing but early hints', 'HTTP/1.1 103 x\r\nlink: </a>\r\n\r\n'.repeat(50)],
  ])('or passes something on, and goes on itself: %s', async (_, said) => {
    await stage.listen(
      85,
      program(socket => socket.end(said, 'latin1')),
    );
    const { origin, cookie } = await stage.enter('Ada', 85);
    const answer = await stage.ask(`${origin}/`, { headers: { cookie } }).catch(() => ({ status: 0 }));
    expect([0, 200, 302, 502]).toContain(answer.status);
    const upgrade = { cookie, connection: 'Upgrade', upgrade: 'websocket', origin };
    const switched = await stage.ask(`${origin}/`, { headers: upgrade }).catch(() => ({ status: 0 }));
    expect([0, 101, 200, 302, 502]).toContain(switched.status);
    const { origin: other, cookie: pass } = await stage.enter('Ada', 80);
    expect((await stage.ask(`${other}/`, { headers: { cookie: pass } })).status).toBe(200);
  });

  it('that the sandbox has just ended', async () => {
    stage.sandboxd.ended = true;
    const { status, body } = await problem(80);
    expect([status, body]).toEqual([410, expect.stringContaining('That sandbox is gone.')]);
  });

  it('the same to programs, as text', async () => {
    const { origin } = await stage.enter('Ada', 80);
    const answer = await stage.ask(`${origin}/data.json`);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.status).toBe(403);
  });
});
