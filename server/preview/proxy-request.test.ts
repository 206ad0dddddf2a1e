import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';
import { type Heard, runSampleProgram } from './testing/sample-program.ts';

let stage: PreviewStage;
let heard: Heard[];
beforeEach(async () => {
  stage = await previewStage();
  heard = await runSampleProgram(stage);
});
afterEach(() => stage.close());

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
