import { describe, expect, it } from 'vitest';
import { instanceNames } from './instance.ts';
import { sandboxHostFlags } from './sandbox-host-flags.ts';

const options = {
  instance: 'main',
  image: 'belowdeck/sandbox-host:1',
  token: 'the-secret-token',
  limits: { memoryBytes: 1_000_000_000, cpus: 2, pids: 1000 },
};

describe('how the sandbox host is started', () => {
  const flags = sandboxHostFlags(options);

  it('is never privileged, shares no namespace of the machine but the user one, binds nothing of its disk', () => {
    expect(flags).not.toContain('--privileged');
    expect(flags.join(' ')).not.toMatch(/--(pid|net|network|ipc|uts) /);
    const volumes = flags.filter((_, index) => flags[index - 1] === '--volume');
    expect(volumes).toEqual(['belowdeck-main:/var/lib/docker', 'belowdeck-main-state:/var/lib/belowdeck']);
  });

  it('binds one folder more where sandboxd is to have a socket, and says where', () => {
    const near = sandboxHostFlags({ ...options, socketFolder: '/state/run/main' });
    const added = near.filter(flag => !flags.includes(flag));
    expect(added).toEqual(['/state/run/main:/run/belowdeck', 'BELOWDECKD_SOCKET=/run/belowdeck/sandboxd.sock']);
    expect(flags.join(' ')).not.toContain('BELOWDECKD_SOCKET');
  });

  it('publishes sandboxd on loopback only', () => {
    expect(flags[flags.indexOf('--publish') + 1]).toBe('127.0.0.1::7070');
    expect(flags.filter(flag => flag === '--publish')).toHaveLength(1);
  });

  it('keeps the token out of the command line', () => {
    expect(flags.join(' ')).not.toContain('the-secret-token');
  });

  it('passes settings of the mirror on by name, so that no password shows', () => {
    const mirror = { BELOWDECK_REGISTRY_USERNAME: 'class', BELOWDECK_REGISTRY_PASSWORD: 'secret-of-the-class' };
    const given = sandboxHostFlags({ ...options, mirror });
    expect(given[given.indexOf('BELOWDECK_REGISTRY_PASSWORD') - 1]).toBe('--env');
    expect(given.join(' ')).not.toContain('secret-of-the-class');
    expect(flags.join(' ')).not.toContain('BELOWDECK_REGISTRY');
  });

  it('bounds memory, swap for sandboxes that sleep, processors and processes', () => {
    for (const [flag, value] of [
      ['--memory', '1000000000'],
      ['--memory-swap', '1500000000'],
      ['--cpus', '2'],
      ['--pids-limit', '1000'],
    ])
      expect(flags[flags.indexOf(flag ?? '') + 1]).toBe(value);
  });

  it('says what the operator accepts as unsafe, and nothing when that is nothing', () => {
    const accepted = sandboxHostFlags({ ...options, acceptUnsafe: 'uid-mapping,system-calls' });
    expect(accepted).toContain('BELOWDECK_ACCEPT_UNSAFE_SANDBOXES=uid-mapping,system-calls');
    expect(flags.join(' ')).not.toContain('ACCEPT_UNSAFE');
  });

  it('has sandboxd log as much as the web process, and by default what it does by itself', () => {
    expect(sandboxHostFlags({ ...options, logLevel: 'debug' })).toContain('BELOWDECKD_LOG=debug');
    expect(flags.join(' ')).not.toContain('BELOWDECKD_LOG');
  });

  it('mounts source over the image in development only', () => {
    expect(sandboxHostFlags({ ...options, devMount: '/src' })).toContain('/src/sandboxd:/app/sandboxd:ro');
  });

  it('refuses instance names that could be taken for something else', () => {
    for (const name of ['', 'Main', '-x', 'a b', 'a/b', '../x']) expect(() => instanceNames(name)).toThrow(TypeError);
  });
});
