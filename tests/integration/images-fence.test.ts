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

const root = async (script: string) => (await host.asRoot(id, script, { mayFail: true })).stdout.trim();

describe('the disk of a sandbox', () => {
  it('holds everything that root can write: no writable mount lies on the machine’s disk', async () => {
    const inMemory = ['tmpfs', 'proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2'];
    const mounts = (await root('cat /proc/self/mounts')).split('\n').map(line => line.split(' '));
    const writable = mounts.filter(([, , type = '', options = '']) => !inMemory.includes(type) && /^rw/.test(options));
    expect(writable.map(([, where, type]) => [where, type])).toEqual([['/', 'overlay']]);
    expect(writable[0]?.[3]).toContain('upperdir=/var/lib/docker/');
  });

  it('is the only one: no process of the sandbox still holds the root it came from', async () => {
    const merged = await host.inside([
      'sh',
      '-c',
      `stat -c %d "$(docker inspect -f '{{.GraphDriver.Data.MergedDir}}' belowdeck-${id})"`,
    ]);
    const held = await root('stat -L -c %d /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/fd/* 2>/dev/null | sort -u');
    expect(held.split('\n').length).toBeGreaterThan(1);
    expect(held.split('\n')).not.toContain(merged.stdout.trim());
  });

  it('is full before the sandbox is: "/" ends with ENOSPC and works again when tidied', async () => {
    const filled = await root('dd if=/dev/zero of=/big bs=1M count=4096 2>&1; ls -s --block-size=M /big; rm /big');
    expect(filled).toContain('No space left on device');
    expect(await root('docker run --rm busybox echo fine')).toBe('fine');
  });
});
