import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { rpcMethods } from '#domain/protocol/rpc.ts';
import { claimSandbox } from '#tests/support/claim.ts';
import { type Arena, openArena } from './support/arena.ts';
import { openTyped } from './support/typed.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${arena.host.url}${path}`, { method: 'POST', body, headers });
}
const withToken = () => ({ authorization: `Bearer ${arena.host.token}` });

function upgrade(path: string, headers: Record<string, string>): Promise<number | 'open'> {
  const socket = new WebSocket(arena.host.url.replace('http', 'ws') + path, { headers });
  socket.on('error', () => {});
  return new Promise(resolve => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  }).then(said => {
    socket.terminate();
    return said as number | 'open';
  });
}

describe('sandboxd', () => {
  it.each(Object.keys(rpcMethods))('%s without the token, or with another, is unauthorized', async method => {
    const body = JSON.stringify({ sandboxId: arena.own.id, terminalId: '0123456789abcdef' });
    for (const authorization of ['', 'Bearer ', `Bearer ${arena.host.token}x`, `Basic ${arena.host.token}`]) {
      const response = await post(`/rpc/${method}?token=${arena.host.token}`, body, { authorization });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(arena.own.id);
    }
  });

  it('opens no WebSocket without the token', async () => {
    const { id } = await arena.client.call('terminal.open', { sandboxId: arena.own.id, cols: 80, rows: 24 });
    for (const path of ['/watch', `/terminal/${id}`]) {
      expect(await upgrade(path, {})).toBe(401);
      expect(await upgrade(`${path}?token=${arena.host.token}`, { authorization: 'Bearer wrong' })).toBe(401);
      expect(await upgrade(path, withToken())).toBe('open');
    }
    expect(await upgrade('/terminal/../watch/x', withToken())).toBe(404);
  });

  it('takes no more than it should: bodies, depth, unknown methods, other images, other fields', async () => {
    const hugeBody = `{"sandboxId":"${'a'.repeat(5_000_000)}"}`;
    const huge = await post('/rpc/sandbox.get', hugeBody, { ...withToken(), connection: 'close' }).catch(() => null);
    if (huge) expect(huge.status).toBe(400);
    expect((await post('/rpc/sandbox.get', '['.repeat(30_000), withToken())).status).toBe(400);
    for (const name of ['__proto__', 'constructor', 'toString', 'sandbox.exec', '..%2fhealthz'])
      expect((await post(`/rpc/${name}`, '{}', withToken())).status).toBe(404);
    const claim = { attemptId: 'x', egress: false, ttlMs: 60_000, idleMs: 60_000 };
    const evil = await post('/rpc/sandbox.claim', JSON.stringify({ ...claim, image: 'evil' }), withToken());
    expect(evil.status).toBe(400);
    const made = await claimSandbox(arena.client, {
      ...claim,
      attemptId: 'with-more-fields',
      image: 'engine',
      Privileged: true,
      HostConfig: { Binds: ['/:/h'], Privileged: true },
    } as never);
    const shape = await arena.outside(
      `docker inspect -f '{{.HostConfig.Privileged}} {{.HostConfig.Binds}} {{.HostConfig.UsernsMode}}' belowdeck-${made.id}`,
    );
    expect(shape).toMatch(/^false \[\]\s*$/);
    await arena.client.call('sandbox.end', { sandboxId: made.id, reason: 'admin' });
  });

  it('closes a terminal connection on an oversized or senseless frame, and only that one', async () => {
    const other = await openTyped(arena, arena.other.id);
    for (const frame of [Buffer.alloc(2_000_000, 0x10), Buffer.from([0x7f, 1, 2, 3]), Buffer.from([0x12, 0xff])]) {
      const typed = await openTyped(arena, arena.own.id);
      typed.client.send(frame);
      await typed.client.until(client => client.closed !== null, 5_000);
      expect([1009, 4400]).toContain(typed.client.closed?.code);
      await typed.close();
    }
    await other.echo('still-here');
    await other.close();
    expect((await fetch(`${arena.host.url}/healthz`)).status).toBe(200);
  });

  it('names no sandbox’s insides to another: a terminal belongs to its own', async () => {
    const mine = await openTyped(arena, arena.own.id);
    mine.client.type('hostname; touch /tmp/mine; id -u; head -c 12 /proc/sys/kernel/random/boot_id >/dev/null\r');
    await mine.echo('typed');
    expect(await arena.neighbour('ls /tmp/mine 2>&1')).toContain('No such file');
    expect((await arena.client.call('terminal.list', { sandboxId: arena.other.id })).length).toBeLessThanOrEqual(1);
    await mine.close();
  });
});
