import { describe, expect, it } from 'vitest';
import { type Machine, thisMachine } from './machine-probe.ts';
import { machineProbes, probeMachine } from './machine-probes.ts';

const GiB = 1024 ** 3;
const good: Record<string, string> = {
  '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids',
  '/proc/self/ns/user': '',
  '/proc/sys/user/max_user_namespaces': '96000',
  '/proc/sys/kernel/seccomp/actions_avail': 'kill_process kill_thread trap errno trace log allow',
  '/proc/sys/kernel/keys/maxkeys': '20000',
  '/proc/sys/fs/inotify/max_user_instances': '16777216',
  '/proc/meminfo': 'MemTotal: 16000000 kB\nMemAvailable: 12000000 kB',
  '/proc/swaps': 'Filename Type Size Used Priority',
  '/proc/net/if_inet6': '',
};
const rules = '-N BELOWDECK-INPUT\n-A BELOWDECK-INPUT -i bd+ -j DROP';

function machine(change: Partial<Machine> = {}, files: Record<string, string | null> = {}): Machine {
  const all: Record<string, string | null> = { ...good, ...files };
  return {
    release: '6.12.4',
    read: path => all[path] ?? null,
    exists: path => typeof all[path] === 'string',
    diskFree: () => 50 * GiB,
    run: async ([program]) => ({ code: 0, output: program === 'unshare' ? 'seen' : rules }),
    ...change,
  };
}
async function bad(change?: Partial<Machine>, files?: Record<string, string | null>) {
  const results = await probeMachine(machine(change, files));
  for (const { id, verdict, remedy } of results) expect(remedy !== '', id).toBe(verdict !== 'ok');
  return Object.fromEntries(results.filter(({ verdict }) => verdict !== 'ok').map(({ id, verdict }) => [id, verdict]));
}

describe('a machine', () => {
  it('that has all of it is fine', async () => expect(await bad()).toEqual({}));

  it.each<[string, string, 'warn' | 'refuse', Partial<Machine>, Record<string, string | null>]>([
    ['an old kernel', 'kernel-release', 'refuse', { release: '5.10.0-28-amd64' }, {}],
    ['no pids controller', 'cgroup-controllers', 'refuse', {}, { '/sys/fs/cgroup/cgroup.controllers': 'cpu memory' }],
    ['user namespaces off', 'user-namespaces', 'refuse', {}, { '/proc/sys/user/max_user_namespaces': '0' }],
    ['Debian’s switch off', 'user-namespaces', 'refuse', {}, { '/proc/sys/kernel/unprivileged_userns_clone': '0' }],
    ['no filter', 'seccomp-support', 'refuse', {}, { '/proc/sys/kernel/seccomp/actions_avail': null }],
    ['few keys', 'key-quota', 'warn', {}, { '/proc/sys/kernel/keys/maxkeys': '200' }],
    ['few watchers', 'inotify-quota', 'warn', {}, { '/proc/sys/fs/inotify/max_user_instances': '128' }],
    ['little memory', 'memory-size', 'warn', {}, { '/proc/meminfo': 'MemTotal: 2000000 kB' }],
    ['a full disk', 'disk-space', 'warn', { diskFree: () => GiB }, {}],
    ['uncounted swap', 'swap-accounting', 'warn', {}, { '/proc/swaps': 'Filename\n/swapfile file 1 0 -2' }],
  ])('with %s is told so', async (_, id, verdict, change, files) => {
    expect(await bad(change, files)).toEqual({ [id]: verdict });
  });

  it('without overlayfs in user namespaces is refused', async () => {
    const run: Machine['run'] = async ([program]) =>
      program === 'unshare' ? { code: 32, output: 'mount: permission denied' } : { code: 0, output: rules };
    expect(await bad({ run })).toEqual({ 'overlay-in-user-namespace': 'refuse' });
  });

  it.each([
    ['has no chain', { code: 1, output: 'iptables: No chain/target/match by that name.' }],
    ['was flushed', { code: 0, output: '-N BELOWDECK-INPUT' }],
    ['cannot be asked', { code: null, output: '' }],
  ])('whose fence for IPv6 %s is refused', async (_, answer) => {
    const run: Machine['run'] = async ([program]) =>
      program === 'ip6tables' ? answer : { code: 0, output: program === 'unshare' ? 'seen' : rules };
    expect(await bad({ run })).toEqual({ 'packet-filters': 'refuse' });
    expect(await bad({ run }, { '/proc/net/if_inet6': null })).toEqual({});
  });

  it('of cgroup version 1 is known by its folders', async () => {
    const v1 = { '/sys/fs/cgroup/cgroup.controllers': null };
    const folders = Object.fromEntries(
      ['memory', 'cpu', 'pids', 'freezer'].map(name => [`/sys/fs/cgroup/${name}`, '']),
    );
    expect(await bad({}, { ...v1, ...folders })).toEqual({});
    expect(await bad({}, { ...v1, ...folders, '/sys/fs/cgroup/freezer': null })).toEqual({
      'cgroup-controllers': 'warn',
    });
    expect(await bad({}, v1)).toEqual({ 'cgroup-controllers': 'refuse' });
  });
});

it('survives a probe that breaks', async () => {
  const broken = machine({
    diskFree: () => {
      throw new Error('gone');
    },
  });
  const results = await probeMachine(broken);
  expect(results.find(({ id }) => id === 'disk-space')).toMatchObject({
    verdict: 'warn',
    measured: expect.stringContaining('gone'),
    // Nobody writes more of it into a log.
    remedy: expect.stringContaining('--probe'),
  });
  expect(results).toHaveLength(machineProbes.length);
});

it('reads this very machine', async () => {
  const real = thisMachine();
  const results = await probeMachine(
    real,
    machineProbes.filter(({ where }) => where === 'anywhere'),
  );
  expect(results.find(({ id }) => id === 'kernel-release')).toMatchObject({ measured: `Linux ${real.release}` });
  expect(await real.run(['no-such-program-of-belowdeck'])).toMatchObject({ code: 127 });
  expect(await real.run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({ code: 3, output: 'out\nerr' });
});
