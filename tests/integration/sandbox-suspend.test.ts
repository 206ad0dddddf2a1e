import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { attachTerminal } from '#tests/support/terminal/sandbox-terminal.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
});
// Nothing stays frozen whatever happens: a sandbox host with frozen processes cannot be killed on cgroup version 1.
afterEach(() => endAll(client));
afterAll(() => client.stop());

/** What the kernel says of a sandbox's own cgroup, from outside. */
async function isFrozen(sandboxId: string): Promise<boolean> {
  const script = `id=$(docker inspect -f '{{.Id}}' belowdeck-${sandboxId})
    cat /sys/fs/cgroup/freezer/$id/freezer.state 2>/dev/null || cat /sys/fs/cgroup/$id/cgroup.events`;
  const { stdout } = await host.inside(['sh', '-c', script]);
  return /FROZEN|FREEZING|frozen 1/.test(stdout);
}
const suspendedAt = async (sandboxId: string) => (await client.call('sandbox.get', { sandboxId })).suspendedAt;

describe('a suspended sandbox', () => {
  it('stands still, and goes on at the first key as if nothing had been', async () => {
    const { id } = await claimSandbox(client);
    await host.asLearner(id, 'docker run -d --name ticks busybox sh -c "while sleep 0.2; do echo tick; done"');
    await host.asLearner(id, 'docker run -d --name held busybox sleep 1000 && docker pause held');
    const opened = await client.call('terminal.open', { sandboxId: id, cols: 80, rows: 24 });
    const terminal = attachTerminal(client, opened.id);
    await terminal.untilText(/\$ /);

    expect((await client.call('sandbox.suspend', { sandboxId: id })).suspendedAt).not.toBeNull();
    expect(await isFrozen(id)).toBe(true);
    expect((await client.call('host.status', {})).pool.suspended).toBe(1);
    // Longer than what inner clients wait for an answer.
    await sleep(12_000);
    expect(await isFrozen(id)).toBe(true);

    terminal.type('echo awake-$((40+2)); docker ps -a --format "{{.Names}} {{.Status}}"\r');
    await terminal.untilText(/awake-42/);
    expect(await isFrozen(id)).toBe(false);
    expect(await suspendedAt(id)).toBeNull();
    await terminal.untilText(/ticks Up[^(]*[\r\n]/);
    // What the learner paused himself stays paused.
    await terminal.untilText(/held Up .*\(Paused\)/);
    const ticks = async () => Number((await host.asLearner(id, 'docker logs ticks | wc -l')).stdout);
    const before = await ticks();
    await waitUntil('the container goes on', async () => (await ticks()) > before, 10_000);
    terminal.cut();
  });

  it('wakes for a look, which sees what happened before and after', async () => {
    const { id } = await claimSandbox(client);
    await host.asLearner(id, 'docker run -d --name before busybox sleep 1000');
    await client.call('sandbox.suspend', { sandboxId: id });
    const look = () => client.call('facts.get', { sandboxId: id, needs: { containers: true, eventsAfter: 0 } });
    const facts = await look();
    expect(facts.containers?.map(container => container.name)).toEqual(['before']);
    expect(await isFrozen(id)).toBe(false);
    await host.asLearner(id, 'docker run -d --name after busybox sleep 1000');
    await waitUntil(
      'the events of before and after',
      async () => {
        const names = ((await look()).events ?? []).map(event => JSON.stringify(event));
        return names.some(text => text.includes('before')) && names.some(text => text.includes('after'));
      },
      20_000,
    );
  });

  it('sleeps through a touch of a hidden page, and wakes when it is looked at, extended or claimed again', async () => {
    const { id, attemptId } = await claimSandbox(client);
    const suspend = () => client.call('sandbox.suspend', { sandboxId: id });
    await suspend();
    await client.call('sandbox.touch', { sandboxId: id, looking: false });
    expect(await suspendedAt(id)).not.toBeNull();
    await client.call('sandbox.touch', { sandboxId: id });
    expect([await suspendedAt(id), await isFrozen(id)]).toEqual([null, false]);
    await suspend();
    await client.call('sandbox.extend', { sandboxId: id });
    expect(await suspendedAt(id)).toBeNull();
    await suspend();
    expect((await claimSandbox(client, { attemptId: attemptId ?? '' })).id).toBe(id);
    expect(await suspendedAt(id)).toBeNull();
  });

  it('can be ended, and is awake after a restart of sandboxd', async () => {
    const [one, two] = [await claimSandbox(client), await claimSandbox(client)];
    for (const { id } of [one, two]) await client.call('sandbox.suspend', { sandboxId: id });
    const ended = await client.call('sandbox.end', { sandboxId: one.id, reason: 'learner' });
    expect(ended.state).toBe('ended');
    await host.inside(['sh', '-c', 'kill -9 $(pgrep -o -f "^[^ ]*node .*sandboxd/main.ts")']);
    await host.untilHealthy();
    await waitUntil('it wakes', async () => (await suspendedAt(two.id)) === null, 20_000);
    expect((await host.asLearner(two.id, 'docker ps -q')).code).toBe(0);
  });
});
