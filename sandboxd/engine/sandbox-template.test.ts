import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { sandboxConstants } from './sandbox-limits.ts';
import { containerBody, networkBody, type SandboxOptions, volumeBody } from './sandbox-template.ts';

const options: SandboxOptions = {
  id: 'abcdef012345',
  image: 'belowdeck/engine:0123456789ab',
  egress: false,
  limits: defaultLimits,
  rootUid: 100_000,
};

/** Every key anywhere in a value. */
function keysOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

describe('the sandbox template', () => {
  const everyVariant = [true, false].map(egress => containerBody({ ...options, egress }));

  it('never asks for what reaches the host', () => {
    const forbidden = [
      'Privileged',
      'Binds',
      'UsernsMode',
      'Devices',
      'DeviceRequests',
      'DeviceCgroupRules',
      'PidMode',
      'UTSMode',
      'CgroupParent',
      'VolumesFrom',
      'Runtime',
      'PortBindings',
      'PublishAllPorts',
      'Links',
      'GroupAdd',
    ];
    for (const body of everyVariant) expect(keysOf(body).filter(key => forbidden.includes(key))).toEqual([]);
  });

  it('shares no namespace', () => {
    for (const { HostConfig } of everyVariant) {
      expect(HostConfig.IpcMode).toBe('private');
      expect(HostConfig.CgroupnsMode).toBe('private');
      expect(HostConfig.NetworkMode).toBe('belowdeck-abcdef012345');
    }
  });

  it('adds three capabilities and no security option but AppArmor’s', () => {
    for (const { HostConfig } of everyVariant) {
      expect(HostConfig.CapAdd).toEqual(['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE']);
      expect(HostConfig.SecurityOpt).toEqual(['apparmor=unconfined']);
    }
  });

  it('mounts its own volume and the shared image store, which is read-only', () => {
    for (const { HostConfig } of everyVariant) {
      expect(HostConfig.Mounts.map(mount => [mount.Type, mount.Source, mount.Target])).toEqual([
        ['volume', 'belowdeck-abcdef012345', '/var/lib/docker'],
        ['volume', 'belowdeck-images-0123456789ab', '/opt/store'],
      ]);
      expect(HostConfig.Mounts[1]?.ReadOnly).toBe(true);
      expect(Object.keys(HostConfig.Tmpfs)).toEqual(['/run']);
    }
  });

  it('limits memory without swap, processors, processes, disk and inodes', () => {
    const { HostConfig } = containerBody(options);
    expect(HostConfig.Memory).toBe(defaultLimits.memoryBytes);
    expect(HostConfig.MemorySwap).toBe(HostConfig.Memory);
    expect(HostConfig.NanoCpus).toBe(1_500_000_000);
    expect(HostConfig.PidsLimit).toBe(defaultLimits.pids);
    expect(volumeBody(options).DriverOpts.o).toBe('size=1073741824,nr_inodes=200000,uid=100000,gid=100000,mode=0711');
  });

  it('keeps the disk, which lives in memory, below the memory limit', () => {
    expect(defaultLimits.diskBytes + sandboxConstants.runBytes).toBeLessThan(defaultLimits.memoryBytes);
  });

  it('resolves names only with egress', () => {
    expect(containerBody({ ...options, egress: false }).HostConfig.Dns).toEqual(['127.0.0.1']);
    expect(containerBody({ ...options, egress: true }).HostConfig.Dns).toEqual(['10.214.0.1']);
  });

  it('names the bridge so that the fence matches it and the kernel takes it', () => {
    const name = networkBody(options).Options['com.docker.network.bridge.name'];
    expect(name).toBe('bdabcdef012345');
    expect(name.length).toBeLessThan(16);
  });

  it('labels everything', () => {
    for (const body of [containerBody(options), networkBody(options), volumeBody(options)])
      expect(body.Labels).toEqual({ 'belowdeck.sandbox': 'abcdef012345' });
  });
});
