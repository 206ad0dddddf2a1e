import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { createSandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const warm = () =>
  waitUntil('a warm sandbox', async () => (await client.call('host.status', {})).pool.warm > 0, 60_000);

describe('claiming a sandbox', () => {
  it('hands over a warm one at once, and its dockerd answers', async () => {
    await warm();
    const began = performance.now();
    const sandbox = await claimSandbox(client);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(sandbox).toMatchObject({ state: 'ready', image: 'engine', egress: false, ended: null });
    const { stdout } = await host.asLearner(sandbox.id, 'id -un; docker version --format {{.Server.Version}}');
    expect(stdout).toMatch(/^learner\n\d+\./);
  });

  it('is idempotent per attempt, also when asked twice at once', async () => {
    const claim = { attemptId: 'same-attempt' };
    const [one, two] = await Promise.all([claimSandbox(client, claim), claimSandbox(client, claim)]);
    expect(two.id).toBe(one.id);
    expect((await claimSandbox(client, claim)).id).toBe(one.id);
  });

  it('gives different attempts different sandboxes, more of them at once than are warm', async () => {
    const sandboxes = await Promise.all([1, 2, 3, 4].map(() => claimSandbox(client)));
    expect(new Set(sandboxes.map(each => each.id)).size).toBe(4);
    for (const { id } of sandboxes) expect((await host.asLearner(id, 'docker ps -q')).code).toBe(0);
    await endAll(client);
  });

  it('moves the end of its life when extended, and counts that as activity', async () => {
    const sandbox = await claimSandbox(client, { ttlMs: 60_000 });
    const extended = await client.call('sandbox.extend', { sandboxId: sandbox.id, ttlMs: 600_000 });
    expect((extended.expiresAt ?? 0) - (sandbox.expiresAt ?? 0)).toBeGreaterThan(500_000);
    expect(extended.activeAt ?? 0).toBeGreaterThanOrEqual(sandbox.activeAt ?? 0);
  });

  it('ends once, says why ever after, and leaves nothing behind', async () => {
    const { id, attemptId } = await claimSandbox(client);
    const ended = await client.call('sandbox.end', { sandboxId: id, reason: 'learner' });
    expect(ended).toMatchObject({ state: 'ended', ended: { reason: 'learner' } });
    const again = await client.call('sandbox.end', { sandboxId: id, reason: 'admin' });
    expect(again.ended?.reason).toBe('learner');
    expect((await client.call('sandbox.get', { sandboxId: id })).state).toBe('ended');
    await expect(client.call('sandbox.touch', { sandboxId: id })).rejects.toMatchObject({ code: 'sandbox-ended' });
    const left = await host.inside(['sh', '-c', `docker ps -a; docker network ls; docker volume ls; ip link`]);
    expect(left.stdout).not.toContain(id);
    expect((await claimSandbox(client, { attemptId: attemptId ?? '' })).id).not.toBe(id);
  });
});

describe('what sandboxd refuses', () => {
  it('says nothing to those without the token', async () => {
    const stranger = createSandboxdClient({ url: host.url, token: 'x'.repeat(64) });
    await expect(stranger.call('sandbox.list', {})).rejects.toMatchObject({ code: 'unauthorized' });
    stranger.stop();
    expect((await fetch(`${host.url}/rpc/sandbox.list`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  it('names unknown methods, bad input and unknown sandboxes', async () => {
    const post = (method: string, body: string) =>
      fetch(`${host.url}/rpc/${method}`, { method: 'POST', body, headers: { authorization: `Bearer ${host.token}` } });
    expect((await post('sandbox.exec', '{}')).status).toBe(404);
    expect((await post('constructor', '{}')).status).toBe(404);
    expect((await post('sandbox.get', '{"sandboxId":"../../etc"}')).status).toBe(400);
    expect((await post('sandbox.get', 'no json')).status).toBe(400);
    expect((await post('sandbox.get', `{"sandboxId":"${'x'.repeat(100_000)}"}`)).status).toBe(400);
    await expect(client.call('sandbox.get', { sandboxId: '000000000000' })).rejects.toMatchObject({
      code: 'sandbox-not-found',
    });
  });

  it('says host-unreachable when nobody is there', async () => {
    const lost = createSandboxdClient({ url: 'http://127.0.0.1:9', token: host.token });
    await expect(lost.call('host.status', {})).rejects.toMatchObject({ code: 'host-unreachable' });
    lost.stop();
  });
});
