import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PreviewPlace } from './preview-host.ts';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';
import { type Heard, runSampleProgram } from './testing/sample-program.ts';

let stage: PreviewStage;
let heard: Heard[];
beforeEach(async () => {
  stage = await previewStage();
  heard = await runSampleProgram(stage);
});
afterEach(() => stage.close());

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
