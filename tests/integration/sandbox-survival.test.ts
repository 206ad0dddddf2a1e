import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
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

const kill = (pattern: string) => host.inside(['pkill', '-9', '-f', '-o', pattern]);
const unhealthy = () =>
  waitUntil('the fall', () =>
    fetch(`${host.url}/healthz`).then(
      r => !r.ok,
      () => true,
    ),
  );

describe('a sandbox outlives what runs it', () => {
  it('survives kill -9 of sandboxd: found again, with its containers and its events', async () => {
    const { id, attemptId, expiresAt } = await claimSandbox(client);
    await host.asLearner(id, 'docker run -d --name web nginx');
    await kill('^node /app/sandboxd/main.ts');
    await unhealthy();
    await host.untilHealthy();
    const again = await claimSandbox(client, { attemptId: attemptId ?? '' });
    expect(again).toMatchObject({ id, expiresAt });
    const facts = await client.call('facts.get', { sandboxId: id, needs: { containers: true, eventsAfter: 0 } });
    expect(facts.containers?.map(each => [each.name, each.state])).toEqual([['web', 'running']]);
    const actions = facts.events?.filter(each => each.attributes.name === 'web').map(each => each.action);
    expect(actions).toEqual(['create', 'start']);
    expect(facts.events?.map(each => each.seq)).toEqual(facts.events?.map((_, index) => index + 1));
  });

  it('survives kill -9 of the sandbox host’s dockerd', async () => {
    const { id } = await claimSandbox(client);
    await host.asLearner(id, 'docker run -d --name web nginx');
    const before = await client.call('facts.get', { sandboxId: id, needs: { processes: true } });
    await kill('^dockerd --config-file');
    await unhealthy();
    const during = await client.call('facts.get', { sandboxId: id, needs: { containers: true, processes: true } });
    expect(during.containers?.map(each => each.name)).toEqual(['web']);
    await host.untilHealthy();
    const after = await client.call('facts.get', { sandboxId: id, needs: { processes: true } });
    const nginx = (facts: typeof after) =>
      facts.processes?.filter(p => p.comm === 'nginx' && p.innerPid === 1).map(p => p.startTicks);
    expect(nginx(after)).toEqual(nginx(before));
    expect((await client.call('sandbox.get', { sandboxId: id })).state).toBe('ready');
  });

  it('is called lost when the whole sandbox host was restarted, and leaves nothing behind', async () => {
    const { id, attemptId } = await claimSandbox(client);
    client.stop();
    await host.restart();
    client = host.client();
    const ended = await waitUntil('its end', async () => (await client.call('sandbox.get', { sandboxId: id })).ended);
    expect(ended).toMatchObject({ reason: 'host-lost', detail: expect.stringContaining('did not survive') });
    await waitUntil('its removal', async () => (await client.call('sandbox.get', { sandboxId: id })).state === 'ended');
    const fresh = await claimSandbox(client, { attemptId: attemptId ?? '' });
    expect((await host.asLearner(fresh.id, 'docker run --rm busybox echo again')).stdout).toBe('again');
  });

  it('reaps what nobody remembers within a minute', async () => {
    const label = 'belowdeck.sandbox=00000000dead';
    await host.inside(['docker', 'network', 'create', '--label', label, 'belowdeck-00000000dead']);
    await host.inside(['docker', 'volume', 'create', '--label', label, 'belowdeck-00000000dead']);
    await waitUntil(
      'the reaper',
      async () =>
        !(await host.inside(['sh', '-c', 'docker network ls; docker volume ls'])).stdout.includes('00000000dead'),
      60_000,
    );
  });
});
