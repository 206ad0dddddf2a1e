import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSocket, makeSocketFolder } from './sandboxd-socket.ts';

const linux = { platform: 'linux' as const, engine: async () => 'Debian GNU/Linux 13 (trixie)' };
let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'belowdeck-run-'));
});
afterEach(() => rmSync(state, { recursive: true }));

describe('the folder of the socket', () => {
  it('is below the state folder and its owner’s only, also when Docker made it', async () => {
    const folder = await makeSocketFolder(state, 'main', linux);
    expect(folder).toBe(join(state, 'run', 'main'));
    expect(statSync(join(state, 'run', 'main')).mode & 0o777).toBe(0o700);
    chmodSync(join(state, 'run', 'main'), 0o755);
    await makeSocketFolder(state, 'main', linux);
    expect(statSync(join(state, 'run', 'main')).mode & 0o777).toBe(0o700);
  });

  it('is not made where a socket would not lead to the container', async () => {
    const desktop = { ...linux, engine: async () => 'Docker Desktop' };
    expect(await makeSocketFolder(state, 'main', desktop)).toBeUndefined();
    expect(await makeSocketFolder(state, 'main', { ...linux, platform: 'darwin' })).toBeUndefined();
    expect(existsSync(join(state, 'run'))).toBe(false);
  });

  it('is not made where its name would be too long, or none for docker run', async () => {
    const fixed = join(state, '/x/run/main/sandboxd.sock').length;
    const fits = join(state, `x${'a'.repeat(99 - fixed)}`);
    expect(await makeSocketFolder(fits, 'main', linux)).toBeDefined();
    expect(await makeSocketFolder(`${fits}a`, 'main', linux)).toBeUndefined();
    expect(await makeSocketFolder(join(state, 'a:b'), 'main', linux)).toBeUndefined();
  });
});

it('counts a socket once it has answered', async () => {
  const path = join(state, 'sandboxd.sock');
  expect(await findSocket(undefined)).toBeUndefined();
  expect(await findSocket(state)).toBeUndefined();
  let status = 503;
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/healthz' ? status : 404).end(),
  );
  await new Promise<void>(resolve => server.listen(path, resolve));
  expect(await findSocket(state)).toBeUndefined();
  status = 200;
  expect(await findSocket(state)).toBe(path);
  await new Promise(resolve => server.close(resolve));
});
