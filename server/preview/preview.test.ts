import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { PreviewPlace } from './preview-host.ts';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';

let stage: PreviewStage;
/** What programs in the sandbox were asked: request line and headers. */
let heard: { line: string; headers: http.IncomingHttpHeaders }[];

beforeEach(async () => {
  stage = await previewStage();
  heard = [];
  await stage.listen(
    80,
    http.createServer((request, response) => {
      heard.push({ line: `${request.method} ${request.url}`, headers: request.headers });
      if (request.url === '/slow') return response.writeHead(200).write('half');
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        return setTimeout(() => response.destroy(), 20);
      }
      if (request.method === 'POST') return request.pipe(response.writeHead(201, { 'x-own': ['1', '2'] }));
      response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'own=1; Domain=localhost' });
      response.end('from inside');
    }),
  );
});
afterEach(() => stage.close());

describe('the way in', () => {
  it('leads from the app by a ticket to a cookie, and on to where one wanted', async () => {
    const { origin, location, cookie, answer } = await stage.enter('Ada', 80, '/a?b=1');
    expect([answer.status, location]).toEqual([303, `${origin}/a?b=1`]);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^belowdeck-preview=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    const page = await stage.ask(location, { headers: { cookie } });
    expect([page.status, page.body]).toEqual([200, 'from inside']);
    expect(heard.map(({ line }) => line)).toEqual(['GET /a?b=1']);
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'x', '/\n'])(
    'stays at the preview: %s',
    async path => {
      const { origin, location } = await stage.enter('Ada', 80, path);
      expect(new URL(location).origin).toBe(origin);
    },
  );

  it('is closed to others, to strangers, for ports that are none, and without a sandbox', async () => {
    expect((await stage.lead('Ada', 80, null, 'Bob')).status).toBe(403);
    for (const port of [0, 65_536, -1, 1.5]) expect((await stage.lead('Ada', port)).status).toBe(400);
    const nobody = await stage.preview.lead(new Headers(), {
      attemptId: stage.personOf('Ada').attempt,
      port: '80',
      path: null,
    });
    expect(nobody.status).toBe(401);
    const foreign = new Headers({ cookie: 'belowdeck.session=session-Ada', 'sec-fetch-site': 'cross-site' });
    expect(
      (await stage.preview.lead(foreign, { attemptId: stage.personOf('Ada').attempt, port: '80', path: null })).status,
    ).toBe(403);
    stage.personOf('Ada').sandbox.state = 'ended';
    const gone = await stage.lead('Ada', 80);
    expect([gone.status, gone.page]).toEqual([410, expect.stringContaining('That sandbox is gone.')]);
    expect(heard).toEqual([]);
  });

  it('takes a ticket once, at its own place only', async () => {
    const { location } = await stage.lead('Ada', 80);
    const ticket = new URL(location).search;
    const elsewhere = new URL((await stage.lead('Ada', 81)).location);
    expect((await stage.ask(`${elsewhere.origin}/.belowdeck/enter${ticket}`)).status).toBe(403);
    expect((await stage.ask(location)).status).toBe(403);
    const second = (await stage.lead('Ada', 80)).location;
    expect((await stage.ask(second)).status).toBe(303);
    const again = await stage.ask(second);
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
    expect((await stage.ask(`${new URL(location).origin}/.belowdeck/enter?ticket=forged`)).status).toBe(403);
  });

  it('ends when the sandbox does, and says so when the sandbox host is away', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    const status = async () => (await stage.ask(`${origin}/`, { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    stage.preview.onWatch({ type: 'hello', at: 1, sandboxes: [] });
    expect(await status()).toBe(410);
    stage.sandboxd.reachable = false;
    expect(await status()).toBe(503);
  });

  it('is refused after signing out', async () => {
    const { location } = await stage.lead('Ada', 80);
    await stage.db.session.deleteMany();
    const answer = await stage.ask(location);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});

describe('a preview’s cookie', () => {
  it('opens its own port of its own sandbox, and nothing else', async () => {
    const ada = await stage.enter('Ada', 80);
    const bob = await stage.enter('Bob', 80);
    const other = await stage.enter('Ada', 81);
    const tries = [
      [bob.origin, ada.cookie],
      [other.origin, ada.cookie],
      [ada.origin, bob.cookie],
      [ada.origin, ''],
      [ada.origin, `${ada.cookie}x`],
      [ada.origin, 'belowdeck-preview=x.y'],
      [ada.origin, 'belowdeck.session=session-Ada'],
    ];
    for (const [origin, cookie = ''] of tries) {
      const answer = await stage.ask(`${origin}/`, { headers: { cookie, accept: 'text/html' } });
      expect([answer.status, answer.body], cookie).toEqual([403, expect.stringContaining('may not look')]);
    }
    expect(heard).toEqual([]);
  });

  it('is found beside others of its name, which a neighbour may have put there', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    const tossed = `belowdeck-preview=tossed; ${cookie}; belowdeck-preview=more`;
    expect((await stage.ask(`${origin}/`, { headers: { cookie: tossed } })).status).toBe(200);
  });

  it('is never heard by the sandbox, nor are the app’s, nor what proxies say of the visitor', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    await stage.ask(`${origin}/`, {
      headers: { cookie: `${cookie}; own=1; belowdeck.session=session-Ada`, 'x-forwarded-for': '198.51.100.7' },
    });
    expect(heard[0]?.headers).toEqual({
      connection: 'keep-alive',
      cookie: 'own=1',
      host: new URL(origin).host,
      'x-forwarded-host': new URL(origin).host,
      'x-forwarded-proto': 'http',
    });
  });
});

describe('what passes', () => {
  let origin: string;
  let headers: Record<string, string>;
  beforeEach(async () => {
    const entered = await stage.enter('Ada', 80);
    origin = entered.origin;
    headers = { cookie: entered.cookie };
  });

  it('is bodies of any size and framing, both ways', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024, 'x');
    const whole = await stage.ask(`${origin}/`, { method: 'POST', headers, body });
    expect([whole.status, whole.body.length, whole.headers['x-own']]).toEqual([201, body.length, '1, 2']);
    const chunked = await stage.ask(`${origin}/`, {
      method: 'POST',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
      body: 'in chunks',
    });
    expect(chunked.body).toBe('in chunks');
    const odd = await stage.ask(`${origin}/x`, {
      method: 'DELETE',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
      body: 'GET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n',
    });
    expect(odd.status).toBe(200);
    expect(heard.map(({ line }) => line)).toEqual(['POST /', 'POST /', 'DELETE /x']);
  });

  it('has its cookies for its own host alone', async () => {
    expect((await stage.ask(`${origin}/`, { headers })).headers['set-cookie']).toEqual(['own=1']);
  });

  it('comes as it is made: half an answer is there before the rest', async () => {
    const { host } = new URL(origin);
    const first = await new Promise(resolve => {
      http.get({ host: '127.0.0.1', port: stage.port, path: '/slow', headers: { host, ...headers } }, response => {
        response.once('data', chunk => {
          resolve(String(chunk));
          response.destroy();
        });
        response.on('error', () => {});
      });
    });
    expect(first).toBe('half');
  });

  it('is whole for who reads slowly, though the program has hung up long since', async () => {
    const whole = 24 * 1024 * 1024;
    await stage.listen(
      86,
      http.createServer((_, response) => response.writeHead(200, { connection: 'close' }).end(Buffer.alloc(whole))),
    );
    const { origin, cookie } = await stage.enter('Ada', 86);
    const read = await new Promise<number>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: stage.port, headers: { host: new URL(origin).host, cookie } };
      http.get(options, async response => {
        let bytes = 0;
        try {
          for await (const chunk of response) {
            bytes += chunk.length;
            if (bytes % 7 === 0) await new Promise(done => setTimeout(done, 2));
          }
          resolve(bytes);
        } catch (error) {
          reject(error);
        }
      });
    });
    expect(read).toBe(whole);
  });

  it('breaks off where the program broke off', async () => {
    expect((await stage.ask(`${origin}/broken`, { headers })).body).toBe('half(cut)');
  });

  it('is many requests over kept connections, each with its own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        stage.ask(`${origin}/${at}`, { method: 'POST', headers, body: `body ${at}` }),
      ),
    );
    expect(answers.map(answer => answer.body)).toEqual(answers.map((_, at) => `body ${at}`));
  });
});

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

describe('hosts', () => {
  const host = async (value: string | string[], path = '/') => {
    const values = [value].flat().map(one => `Host: ${one}\r\n`);
    return new Promise<string>(resolve => {
      const socket = net.connect(stage.port, '127.0.0.1', () => {
        socket.write(`GET ${path} HTTP/1.1\r\n${values.join('')}Connection: close\r\n\r\n`);
      });
      let text = '';
      socket.on('data', chunk => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
  };

  it('of the app reach the app, those of previews never do', async () => {
    const app = `localhost:${stage.port}`;
    const { origin } = await stage.enter('Ada', 80);
    const own = new URL(origin).host;
    expect(await host(app)).toContain('the app');
    for (const name of [
      own,
      own.toUpperCase(),
      `${own.split(':')[0]}.:${stage.port}`,
      `x.${app}`,
      `${own.split(':')[0]}`,
    ])
      expect(await host(name), name).not.toContain('the app');
    expect(await host([app, own])).toMatch(/^HTTP\/1.1 400/);
    expect(await host([own, app])).toMatch(/^HTTP\/1.1 400/);
    expect(await host(own, `http://${app}/api/v1/attempts`)).toMatch(/^HTTP\/1.1 400/);
    expect(await host(own, '*')).toMatch(/^HTTP\/1.1 400/);
    expect(heard).toEqual([]);
  });

  it('cannot be left by a path', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    for (const path of [
      '/../../api/health',
      '//localhost/api',
      '/%2e%2e/api',
      '/api/v1/attempts',
      '/_next/static',
      '/ws/attempt/x',
      '/@evil.example:80/',
    ]) {
      const text = await new Promise<string>(resolve => {
        const request = http.get(
          { host: '127.0.0.1', port: stage.port, path, headers: { host: new URL(origin).host, cookie }, agent: false },
          async response => {
            let body = '';
            for await (const chunk of response) body += chunk;
            resolve(body);
          },
        );
        request.on('error', error => resolve(error.message));
      });
      expect(text, path).toBe('from inside');
      expect(heard.at(-1)?.line).toBe(`GET ${path}`);
    }
  });
});

describe('where it is set up', () => {
  const other = async (place: PreviewPlace | null, test: (there: PreviewStage) => Promise<void>) => {
    const there = await previewStage(place);
    try {
      await test(there);
    } finally {
      await there.close();
    }
  };

  it('behind https, has names below the set one, and a cookie that no neighbour can set', () =>
    other({ protocol: 'https', hostname: 'preview.example.org', port: '' }, async there => {
      await there.listen(
        80,
        http.createServer((request, response) => response.end(JSON.stringify(request.headers))),
      );
      const { origin, cookie, location, answer } = await there.enter('Ada', 80);
      expect(origin).toMatch(/^https:\/\/p80-[a-z2-7]{26}\.preview\.example\.org$/);
      expect(location).toBe(`${origin}/`);
      const set = answer.headers['set-cookie']?.[0] ?? '';
      expect(set).toMatch(/^__Host-belowdeck-preview=.*; Path=\/;.*; Secure$/);
      expect(set).not.toMatch(/domain/i);
      const page = await there.ask(`${origin}/`, { headers: { cookie } });
      expect(JSON.parse(page.body)).toMatchObject({ host: new URL(origin).host, 'x-forwarded-proto': 'https' });
      expect((await there.ask('https://preview.example.org/')).body).toBe('the app');
      expect((await there.ask('https://x.preview.example.org/')).status).toBe(404);
    }));

  it('nowhere, says how it is turned on, and takes no host for a preview’s', () =>
    other(null, async there => {
      const { status, page } = await there.lead('Ada', 80);
      expect([status, page]).toEqual([503, expect.stringContaining('BELOWDECK_PREVIEW_HOST=preview.example.org')]);
      expect((await there.ask(`http://p80-${'a'.repeat(26)}.localhost:${there.port}/`)).body).toBe('the app');
    }));
});
