import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { canaries, setUpCanaries } from '#tests/support/canaries.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let closed: string;
let other: string;
let open: string;
let removeCanaries: (() => Promise<void>) | undefined;

beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  removeCanaries = await setUpCanaries(host);
  closed = (await claimSandbox(client)).id;
  other = (await claimSandbox(client)).id;
  open = (await claimSandbox(client, { egress: true })).id;
});
afterAll(async () => {
  await removeCanaries?.();
  await endAll(client);
  client.stop();
});

/** Whether root in a sandbox gets a TCP connection. */
async function reaches(sandboxId: string, address: string, port: number): Promise<boolean> {
  const script = `timeout 2 bash -c '</dev/tcp/${address}/${port}' 2>/dev/null && echo yes || echo no`;
  return (await host.asRoot(sandboxId, script)).stdout === 'yes';
}
const addressOf = async (sandboxId: string) =>
  (await host.asRoot(sandboxId, "ip -4 -o addr show eth0 | awk '{print $4}' | cut -d/ -f1")).stdout;
const gatewayOf = async (sandboxId: string) =>
  (await host.asRoot(sandboxId, "ip route show default | awk '{print $3}'")).stdout;
const inside = Object.entries(canaries).filter(([name]) => name !== 'internet');

describe('the fence around a sandbox', () => {
  it.each(inside)('keeps it from inside addresses, with egress and without: %s', async (_, address) => {
    expect(await reaches(closed, address, 80)).toBe(false);
    expect(await reaches(open, address, 80)).toBe(false);
  });

  it('lets out only who asked', async () => {
    expect(await reaches(closed, canaries.internet, 80)).toBe(false);
    expect(await reaches(open, canaries.internet, 80)).toBe(true);
  });

  it('keeps containers in it from the same', async () => {
    const wget = (address: string) => `docker run --rm busybox wget -q -T 2 -O- http://${address}/ || echo refused`;
    expect((await host.asLearner(open, wget(canaries.metadata))).stdout).toContain('refused');
    expect((await host.asLearner(closed, wget(canaries.internet))).stdout).toContain('refused');
  });

  it('keeps it from the sandbox host, at every address of that', async () => {
    const addresses = (await host.inside(['sh', '-c', "ip -4 -o addr | awk '{print $4}' | cut -d/ -f1"])).stdout.split(
      '\n',
    );
    const targets = addresses.filter(address => !address.startsWith('127.'));
    expect(targets).toContain(await gatewayOf(closed));
    expect(targets.length).toBeGreaterThan(3);
    const tries = targets.map(
      address => `(timeout 2 bash -c '</dev/tcp/${address}/7070' 2>/dev/null && echo reached ${address}) &`,
    );
    for (const id of [closed, open]) expect((await host.asRoot(id, `${tries.join(' ')} wait`)).stdout).toBe('');
    expect((await host.inside(['bash', '-c', `${tries.join(' ')} wait`])).stdout).toContain('reached');
  });

  it('keeps it from other sandboxes', async () => {
    await host.asRoot(
      other,
      `setsid perl -MIO::Socket::INET -e '$s=IO::Socket::INET->new(Listen=>5,LocalPort=>8000,ReuseAddr=>1); while($c=$s->accept){print $c "hi"}' </dev/null >/dev/null 2>&1 & sleep 0.3`,
    );
    const address = await addressOf(other);
    expect(await reaches(other, address, 8000)).toBe(true);
    expect(await reaches(closed, address, 8000)).toBe(false);
    expect(await reaches(open, address, 8000)).toBe(false);
  });

  it('answers no name and loses no time over it', async () => {
    const began = performance.now();
    const { stdout } = await host.asRoot(closed, 'getent hosts name.example || echo none');
    expect(stdout).toBe('none');
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('has no IPv6 but its own loopback', async () => {
    const { stdout } = await host.asRoot(closed, 'ip -6 -o addr show dev eth0; ip -6 route show default');
    expect(stdout).toBe('');
  });
});
