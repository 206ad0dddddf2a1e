import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let id: string;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  id = (await claimSandbox(client)).id;
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const learner = (script: string) => host.asLearner(id, script, { mayFail: true });
const pidOf = async (program: string) => (await learner(`pgrep -o -x ${program}`)).stdout.trim();

describe.each([
  ['docker', 'dockerd'],
  ['containerd', 'containerd'],
])('service %s in a sandbox', (service, program) => {
  it('stays stopped when stopped, and starts again', async () => {
    expect((await learner(`sudo service ${service} stop`)).code).toBe(0);
    await pause(3_000);
    expect(await pidOf(program)).toBe('');
    expect((await learner(`service ${service} status`)).code).toBe(3);
    expect((await learner(`sudo service ${service} start`)).code).toBe(0);
    expect((await learner(`service ${service} status`)).stdout).toContain(`${service} is running`);
  });

  it('is another process after a restart', async () => {
    const before = await pidOf(program);
    expect((await learner(`sudo service ${service} restart`)).code).toBe(0);
    const after = await pidOf(program);
    expect(after).not.toBe('');
    expect(after).not.toBe(before);
  });

  it('returns about two seconds after it was killed', async () => {
    await learner(`sudo pkill -9 -x ${program}`);
    const killed = Date.now();
    await pause(1_000);
    expect(await pidOf(program)).toBe('');
    while ((await pidOf(program)) === '' && Date.now() - killed < 6_000) await pause(50);
    expect(Date.now() - killed).toBeGreaterThan(1_500);
    expect(Date.now() - killed).toBeLessThan(4_000);
  });

  it('says who may do that', async () => {
    const refused = await learner(`service ${service} stop`);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain(`sudo service ${service} stop`);
  });
});
