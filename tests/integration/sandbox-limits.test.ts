import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let sandbox: Sandbox;
let neighbour: Sandbox;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  sandbox = await claimSandbox(client);
  neighbour = await claimSandbox(client);
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const inspect = async (format: string) =>
  (await host.inside(['docker', 'inspect', '--format', format, `belowdeck-${sandbox.id}`])).stdout;
/** A sandbox beside it goes on as if nothing were. */
async function expectHealthyNeighbour() {
  const began = performance.now();
  const facts = await client.call('facts.get', { sandboxId: neighbour.id, needs: { daemon: true, containers: true } });
  expect(facts.daemon?.state).toBe('up');
  expect(facts.gaps).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2_000);
}

describe('the limits of a sandbox', () => {
  it('are those of the template, at the kernel’s side', async () => {
    const { limits } = sandbox;
    const { HostConfig } = JSON.parse(await inspect('{{json .}}'));
    expect([HostConfig.Memory, HostConfig.MemorySwap, HostConfig.PidsLimit, HostConfig.NanoCpus]).toEqual([
      limits.memoryBytes,
      limits.memoryBytes,
      limits.pids,
      limits.cpus * 1e9,
    ]);
    expect(HostConfig.Privileged).toBe(false);
    expect(HostConfig.UsernsMode).toBe('');
  });

  it('keep its root an ordinary user outside, behind the seccomp filter', async () => {
    const { stdout } = await host.asRoot(
      sandbox.id,
      "awk '{print $2}' /proc/self/uid_map; grep ^Seccomp: /proc/self/status",
    );
    expect(stdout.replaceAll('\t', ' ')).toBe('100000\nSeccomp: 2');
  });

  it('cannot be raised by its root', async () => {
    const files = [
      '/sys/fs/cgroup/memory/memory.limit_in_bytes',
      '/sys/fs/cgroup/pids/pids.max',
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us',
      '/sys/fs/cgroup/memory.max',
      '/sys/fs/cgroup/pids.max',
      '/sys/fs/cgroup/cpu.max',
    ];
    const script = `for f in ${files.join(' ')}; do [ -e $f ] && { echo -n "$f "; (echo 999999999999 > $f) 2>/dev/null && echo RAISED || echo kept; }; done; true`;
    const { stdout } = await host.asRoot(sandbox.id, script);
    expect(stdout).toContain('kept');
    expect(stdout).not.toContain('RAISED');
  });

  it('end its disk at the size, wherever it is written, with its dockerd alive', async () => {
    const size = Math.floor((sandbox.limits.diskBytes * 0.9) / 2 ** 20);
    const { stdout } = await host.asRoot(
      sandbox.id,
      `fallocate -l ${size}M /var/lib/docker/big && echo fits; fallocate -l 300M /var/lib/docker/more 2>&1; rm -f /var/lib/docker/more; ` +
        `head -c 300M /dev/zero > /root/more; rm -f /root/more; rm /var/lib/docker/big; docker run --rm busybox echo works 2>&1`,
      { timeoutMs: 60_000 },
    );
    expect(stdout).toContain('fits');
    expect(stdout).toContain('No space left on device');
    expect(stdout).toContain('works');
    await expectHealthyNeighbour();
  });

  it('end a fork bomb, and the sandbox can be ended then', async () => {
    const bombed = await claimSandbox(client);
    await host.inside(['docker', 'exec', '-d', `belowdeck-${bombed.id}`, 'bash', '-c', 'b() { b | b & }; b; sleep 5'], {
      mayFail: true,
    });
    await new Promise(resolve => setTimeout(resolve, 3_000));
    const facts = await client.call('facts.get', { sandboxId: bombed.id, needs: { processes: true } });
    expect(facts.processes === null ? facts.gaps.length : facts.processes.length).toBeGreaterThan(0);
    await expectHealthyNeighbour();
    const began = performance.now();
    expect((await client.call('sandbox.end', { sandboxId: bombed.id, reason: 'admin' })).state).toBe('ended');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('do not let a frozen sandbox hold anything hostage', async () => {
    const frozen = await claimSandbox(client);
    const v1 =
      'mkdir -p /sys/fs/cgroup/freezer/f && echo 1 > /sys/fs/cgroup/freezer/f/cgroup.procs && for p in $(pgrep dockerd); do echo $p > /sys/fs/cgroup/freezer/f/cgroup.procs; done; echo FROZEN > /sys/fs/cgroup/freezer/f/freezer.state';
    const v2 =
      'mkdir -p /sys/fs/cgroup/f && for p in 1 $(pgrep dockerd); do echo $p > /sys/fs/cgroup/f/cgroup.procs; done; echo 1 > /sys/fs/cgroup/f/cgroup.freeze';
    await host.asRoot(frozen.id, `if [ -e /sys/fs/cgroup/cgroup.controllers ]; then ${v2}; else ${v1}; fi`);
    const began = performance.now();
    const facts = await client.call('facts.get', { sandboxId: frozen.id, needs: { daemon: true, containers: true } });
    expect(facts.daemon?.state).toBe('silent');
    expect(facts.containers).toBeNull();
    expect(performance.now() - began).toBeLessThan(8_000);
    expect((await client.call('sandbox.end', { sandboxId: frozen.id, reason: 'admin' })).state).toBe('ended');
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('are not got around by thousands of cgroups: processes are still seen', async () => {
    const where = '$([ -e /sys/fs/cgroup/cgroup.controllers ] && echo /sys/fs/cgroup || echo /sys/fs/cgroup/pids)';
    await host.asRoot(
      sandbox.id,
      `cd ${where} && for i in $(seq 600); do mkdir c$i 2>/dev/null || break; done; sleep 300 & echo $! > c1/cgroup.procs; disown`,
    );
    const facts = await client.call('facts.get', { sandboxId: sandbox.id, needs: { processes: true } });
    expect(facts.processes?.map(each => each.comm)).toEqual(expect.arrayContaining(['tini', 'dockerd', 'sleep']));
    await expectHealthyNeighbour();
  });
});
