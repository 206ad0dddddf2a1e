import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
const messages: WatchMessage[] = [];
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  client.watch(message => messages.push(message));
  client.start();
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const untilEnded = (sandboxId: string, timeoutMs = 20_000) =>
  waitUntil(
    'the end of a sandbox',
    async () => {
      const sandbox = await client.call('sandbox.get', { sandboxId });
      return sandbox.state === 'ended' ? sandbox.ended : null;
    },
    timeoutMs,
  );

describe('the end of a sandbox', () => {
  it('comes when its lifetime is used up, and is told on /watch', async () => {
    const { id } = await claimSandbox(client, { ttlMs: 1_000 });
    expect(await untilEnded(id)).toMatchObject({ reason: 'ttl', detail: 'its lifetime of 1 s was used up' });
    const states = messages.flatMap(message =>
      message.type === 'sandbox' && message.sandbox.id === id ? [message.sandbox.state] : [],
    );
    expect(states.slice(-2)).toEqual(['stopping', 'ended']);
  });

  it('comes when nobody uses it, and not while somebody does', async () => {
    const { id } = await claimSandbox(client, { idleMs: 2_500 });
    for (let i = 0; i < 4; i++) {
      await new Promise(resolve => setTimeout(resolve, 1_000));
      await client.call('sandbox.touch', { sandboxId: id });
    }
    expect(await untilEnded(id)).toMatchObject({ reason: 'idle' });
  });

  it('is called a crash when its init dies', async () => {
    const { id } = await claimSandbox(client);
    await host.inside(['docker', 'kill', `belowdeck-${id}`]);
    expect(await untilEnded(id)).toMatchObject({ reason: 'crashed', detail: 'its init ended with code 137' });
  });

  it('does not come from a learner’s container at its own memory limit', async () => {
    const { id } = await claimSandbox(client);
    const eat = 'head -c 200m /dev/zero | tail -c 200m >/dev/null';
    await host.asLearner(id, `docker run --name eater -m 32m busybox sh -c '${eat}'`, { mayFail: true });
    const { stdout } = await host.asLearner(id, 'docker inspect eater --format {{.State.OOMKilled}}');
    expect(stdout).toBe('true');
    expect((await client.call('sandbox.get', { sandboxId: id })).state).toBe('ready');
  });
});
