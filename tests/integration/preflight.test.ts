import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';

// A sandbox host of its own: it is weakened, which no other test may see. The support reads the name when it is loaded.
const instance = `${process.env.BELOWDECK_TEST_INSTANCE ?? 'test'}-preflight`;
process.env.BELOWDECK_TEST_INSTANCE = instance;
const { testSandboxHost } = await import('#tests/support/sandbox-host.ts');
const { removeSandboxHost } = await import('#scripts/setup/images/sandbox-host.ts');
const { claimSandbox } = await import('#tests/support/claim.ts');
const { waitUntil } = await import('#tests/support/wait-until.ts');
const weaken = await import('#tests/security/support/weaken.ts');

let host: TestSandboxHost;
let client: SandboxdClient;
beforeAll(async () => {
  await removeSandboxHost(instance);
  host = await testSandboxHost();
  client = host.client();
});
afterAll(async () => {
  client?.stop();
  await removeSandboxHost(instance);
});

const preflight = async () => (await client.call('host.status', {})).preflight;
const readiness = async () => {
  const response = await fetch(`${host.url}/readyz`);
  return { status: response.status, body: await response.json() };
};

describe('on a machine that holds', () => {
  it('every probe finds what it should, and sandboxes are given away', async () => {
    expect(await weaken.refusedByPreflight(host)).toEqual([]);
    const { state, probes } = await preflight();
    expect(state).toBe('passed');
    expect(probes.filter(({ kind, verdict }) => kind === 'escape' && verdict !== 'ok')).toEqual([]);
    expect(probes.length).toBeGreaterThan(30);
    expect(await readiness()).toMatchObject({ status: 200, body: { ready: true, preflight: 'passed' } });
    const sandbox = await claimSandbox(client);
    await client.call('sandbox.end', { sandboxId: sandbox.id, reason: 'admin' });
  });

  it('the result is remembered over a restart, and found anew when asked for', async () => {
    const { at } = await preflight();
    await host.inside(['sv', '-w', '20', 'restart', 'sandboxd']);
    await host.untilHealthy();
    expect(await weaken.refusedByPreflight(host)).toEqual([]);
    expect((await preflight()).at).toBe(at);
    const again = await client.call('host.preflight', {});
    expect([again.state, again.at === at]).toEqual(['passed', false]);
  });

  it('nothing of the throw-away sandbox stays, also when sandboxd is killed in the middle', async () => {
    const throwAways = async () =>
      (await client.call('sandbox.list', {}).catch(() => [])).filter(
        ({ attemptId, state }) => attemptId === 'preflight' && state !== 'ended',
      );
    expect(await throwAways()).toEqual([]);
    const cutOff = client.call('host.preflight', {}).catch(() => 'cut off');
    await waitUntil('a throw-away sandbox', async () => (await throwAways()).length > 0, 30_000);
    await host.inside(['sv', 'kill', 'sandboxd']);
    expect(await cutOff).toBe('cut off');
    await host.untilHealthy();
    await waitUntil('its end', async () => (await throwAways()).length === 0, 30_000);
    const left = await host.inside(['docker', 'ps', '-aq', '--filter', 'label=belowdeck.sandbox', '--no-trunc']);
    const { sandboxes } = await client.call('host.status', {});
    expect(left.stdout.split('\n').filter(line => line !== '').length).toBeLessThanOrEqual(sandboxes + 1);
  });
});

describe('on a machine without its system call filter', () => {
  beforeAll(() => weaken.weakenHost(host, instance, 'seccomp'));

  it('no sandbox is given away, and it says which probe failed and what to do', async () => {
    const refused = await weaken.refusedByPreflight(host);
    expect(refused.map(({ id }) => id).toSorted()).toEqual(weaken.foundWithout.seccomp?.toSorted());
    for (const { remedy } of refused) expect(remedy).toContain('seccomp-profile');
    await expect(claimSandbox(client)).rejects.toMatchObject({
      code: 'host-unsafe',
      message: expect.stringContaining('system-calls'),
      learnerMessage: expect.stringMatching(/not be safe.*Your progress is kept.*npm run doctor/),
    });
    expect(await readiness()).toMatchObject({ status: 503, body: { ready: false, preflight: 'refused' } });
  });

  it('an operator who accepts one of two probes still gives none away, with both he does and is told at each start', async () => {
    await weaken.acceptUnsafe(host, ['seccomp-mode']);
    await weaken.refusedByPreflight(host);
    await expect(claimSandbox(client)).rejects.toMatchObject({ code: 'host-unsafe' });
    await weaken.acceptUnsafe(host, ['seccomp-mode', 'system-calls']);
    await weaken.refusedByPreflight(host);
    expect(await preflight()).toMatchObject({ state: 'accepted', accepted: ['seccomp-mode', 'system-calls'] });
    const sandbox = await claimSandbox(client);
    await client.call('sandbox.end', { sandboxId: sandbox.id, reason: 'admin' });
  });
});
