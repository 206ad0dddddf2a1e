import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createEngineClient, type EngineClient } from '../engine-client.ts';
import { connectUnix } from '../unix-connect.ts';

export interface Asked {
  method: string;
  /** Without the API version. */
  path: string;
  body: unknown;
}

/**
 * A Docker engine's API on a real unix socket, for what the real one does too rarely to test: `answer` returns status and
 * body, or writes to the response itself and returns null.
 */
export async function fakeEngine(
  answer: (asked: Asked, response: http.ServerResponse) => [number, unknown] | null,
): Promise<{ client: EngineClient; asked: Asked[]; close: () => Promise<void> }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fake-engine-'));
  const file = path.join(folder, 'docker.sock');
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', chunk => {
      text += chunk;
    });
    request.on('end', () => {
      const one: Asked = {
        method: request.method ?? '',
        path: (request.url ?? '').replace(/^\/v[\d.]+/, ''),
        body: text === '' ? undefined : JSON.parse(text),
      };
      asked.push(one);
      const result = answer(one, response);
      if (result) response.writeHead(result[0]).end(result[1] === undefined ? '' : JSON.stringify(result[1]));
    });
  });
  await new Promise<void>(resolve => server.listen(file, resolve));
  return {
    client: createEngineClient({ connect: () => connectUnix(file), bounds: { timeoutMs: 2_000, maxBytes: 2_000_000 } }),
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      fs.rmSync(folder, { recursive: true });
    },
  };
}
