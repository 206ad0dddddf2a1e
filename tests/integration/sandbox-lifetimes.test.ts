import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimSandbox, untilEnded } from '#tests/support/claim.ts';
import { type WatchedHost, watchSandboxHost } from '#tests/support/watched-host.ts';

let host: WatchedHost['host'];
let client: WatchedHost['client'];
let messages: WatchedHost['messages'];
let leave: WatchedHost['leave'];
beforeAll(async () => {
  ({ host, client, messages, leave } = await watchSandboxHost());
});
afterAll(() => leave());

describe('the end of a sandbox', () => {
  it('comes when its lifetime is used up, and is told on /watch', async () => {
    const { id } = await claimSandbox(client, { ttlMs: 1_000 });
    expect(await untilEnded(client, id)).toMatchObject({ reason: 'ttl', detail: 'its lifetime of 1 s was used up' });
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
    expect(await untilEnded(client, id)).toMatchObject({ reason: 'idle' });
  });

  it('is called a crash when its init dies', async () => {
    const { id } = await claimSandbox(client);
    await host.inside(['docker', 'kill', `belowdeck-${id}`]);
    expect(await untilEnded(client, id)).toMatchObject({ reason: 'crashed', detail: 'its init ended with code 137' });
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
