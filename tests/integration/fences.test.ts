import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FenceAction } from '#domain/protocol/fence.ts';
import type { FenceName } from '#domain/protocol/fence-name.ts';
import { parseLimits } from '#domain/protocol/limits.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { claimSandbox, untilEnded } from '#tests/support/claim.ts';
import { run } from '#tests/support/sandbox-host.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { openTerminal } from '#tests/support/terminal/sandbox-terminal.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { type WatchedHost, watchSandboxHost } from '#tests/support/watched-host.ts';

const MiB = 1024 * 1024;

let host: WatchedHost['host'];
let client: WatchedHost['client'];
let messages: WatchedHost['messages'];
let leave: WatchedHost['leave'];
beforeAll(async () => {
  ({ host, client, messages, leave } = await watchSandboxHost());
});
afterAll(() => leave());

const actions = (sandboxId: string): FenceAction[] =>
  messages.flatMap(message => (message.type === 'fence' && message.sandboxId === sandboxId ? [message] : []));
const untilTold = (sandboxId: string, fence: FenceName, timeoutMs = 20_000) =>
  waitUntil(`${fence} to be told`, () => actions(sandboxId).find(each => each.fence === fence), timeoutMs);
const inspected = async (sandboxId: string, format: string) =>
  (await host.inside(['docker', 'inspect', '--format', format, `belowdeck-${sandboxId}`])).stdout;

/** A sandbox of these limits, once those of before are not given away any more. */
async function claimWith(limits: Record<string, string | number>): Promise<Sandbox> {
  await setSandboxSettings(host, { limits });
  const { cpus } = parseLimits(limits);
  return waitUntil(
    'a sandbox of the new limits',
    async () => {
      const one = await claimSandbox(client);
      if (one.limits.cpus === cpus) return one;
      await client.call('sandbox.end', { sandboxId: one.id, reason: 'admin' });
      return null;
    },
    90_000,
  );
}

describe('a fence that acts is told with what was measured', () => {
  it('memory: of the sandbox, not of a container with a limit of its own', async () => {
    const { id, limits } = await claimSandbox(client);
    const eat = (size: string) => `head -c ${size} /dev/zero | tail -c ${size} >/dev/null`;
    await host.asLearner(id, `docker run --name own -m 32m busybox sh -c '${eat('200m')}'`, { mayFail: true });
    expect((await host.asLearner(id, 'docker inspect own --format {{.State.OOMKilled}}')).stdout).toBe('true');
    await new Promise(resolve => setTimeout(resolve, 2_500));
    expect(actions(id)).toEqual([]);
    const hog = `echo 1000 >/proc/self/oom_score_adj; perl -e 'my @k; push @k, "x" x ${100 * MiB} for 1 .. 20'; echo status $?`;
    expect((await host.asRoot(id, hog, { timeoutMs: 60_000 })).stdout).toBe('status 137');
    const told = await untilTold(id, 'memory');
    expect(told.limit).toBe(limits.memoryBytes);
    expect(told.measured / told.limit).toBeGreaterThan(0.95);
    expect(told.measured).toBeLessThanOrEqual(told.limit);
    // The sandbox lives, and a container that hits it is told of too.
    expect((await client.call('sandbox.get', { sandboxId: id })).state).toBe('ready');
  }, 120_000);

  it('processes', async () => {
    const { id, limits, attemptId } = await claimSandbox(client);
    await host.asRoot(
      id,
      "perl -e 'for (1 .. 2000) { my $p = fork; last unless defined $p; if (!$p) { sleep 4; exit } } sleep 4'",
      {
        mayFail: true,
        timeoutMs: 60_000,
      },
    );
    const told = await untilTold(id, 'pids');
    expect(told.limit).toBe(limits.pids);
    expect(told.measured).toBeGreaterThan(limits.pids * 0.9);
    expect(told.measured).toBeLessThanOrEqual(limits.pids);
    // The operator finds it in the metrics and in the log, with the ids.
    const metrics = await fetch(`${host.url}/metrics`, { headers: client.headers() }).then(each => each.text());
    expect(metrics).toMatch(/^belowdeck_fences_acted_total\{fence="pids"\} [1-9]/m);
    const { stdout, stderr } = await run(['docker', 'logs', '--since', '5m', host.container]);
    const said = `${stdout}\n${stderr}`.split('\n').find(line => line.includes('a fence acted') && line.includes(id));
    expect(JSON.parse(said ?? '{}')).toMatchObject({
      sandbox: id,
      attempt: attemptId,
      fence: 'pids',
      limit: limits.pids,
    });
  }, 90_000);

  it('disk, by what its file system counts from outside', async () => {
    const { id, limits } = await claimSandbox(client);
    await host.asRoot(id, 'fallocate -l 1100M /var/lib/docker/big; head -c 1100M /dev/zero > /root/big; true', {
      mayFail: true,
      timeoutMs: 60_000,
    });
    const told = await untilTold(id, 'disk');
    expect(told.limit).toBe(limits.diskBytes);
    expect(told.measured / told.limit).toBeGreaterThan(0.98);
    expect(told.measured).toBeLessThanOrEqual(told.limit);
  }, 90_000);

  it('inodes', async () => {
    const { id, limits } = await claimSandbox(client);
    const make = `mkdir /root/i; perl -e 'for (1 .. ${limits.inodes}) { open F, ">", "/root/i/$_" or last; close F }'`;
    await host.asRoot(id, make, { mayFail: true, timeoutMs: 60_000 });
    const told = await untilTold(id, 'inodes');
    expect(told.limit).toBe(limits.inodes);
    expect(told.measured / told.limit).toBeGreaterThan(0.98);
  }, 90_000);

  it('processors, after a while', async () => {
    // So little that it is held back even on a machine that has hardly more to give.
    const { id, limits } = await claimWith({ cpus: 0.2 });
    const busy = 'for i in 1 2 3 4 5 6; do (timeout 120 sh -c "while :; do :; done" >/dev/null 2>&1 &) ; done';
    await host.asRoot(id, busy, { timeoutMs: 60_000 });
    const told = await untilTold(id, 'cpu', 110_000);
    expect(told.limit).toBe(limits.cpus);
    expect(told.measured).toBeGreaterThan(0);
    expect(told.measured).toBeLessThan(limits.cpus * 1.1);
    await setSandboxSettings(host, {});
  }, 240_000);

  it('control groups: refused by the kernel, or taken away again, and the sandbox works on', async () => {
    // Not one that waited while processors were nearly withheld.
    const { id } = await claimWith({});
    const flood = (where: string) =>
      `d=/sys/fs/cgroup/pids; [ -d $d ] || d=/sys/fs/cgroup; cd $d; perl -e '$n = 0; ${where} print $n'`;
    const made = await host.asRoot(id, flood('for (1 .. 3000) { mkdir "flood$_" or last; $n++ }'));
    expect(Number(made.stdout)).toBeGreaterThan(100);
    const told = await untilTold(id, 'cgroups');
    expect(told.limit).toBe(400);
    expect(told.measured).toBeGreaterThanOrEqual(told.limit);
    // From outside: within, a closed folder shows none of them.
    const left = "find /sys/fs/cgroup -type d | awk -F/ '$NF ~ /^(flood|d$)/' | wc -l";
    const untilGone = () =>
      waitUntil(
        'surplus cgroups to go',
        async () => Number((await host.inside(['sh', '-c', left])).stdout) <= 410,
        30_000,
      );
    // A container's group is refused, too: until there is room again (version 2), or for some seconds (version 1).
    const runs = async () =>
      (await host.asLearner(id, 'docker run --rm -m 32m busybox echo works', { mayFail: true })).stdout === 'works';
    await untilGone();
    await host.asRoot(id, 'find /sys/fs/cgroup -depth -type d -name "flood*" -delete', { mayFail: true });
    await waitUntil('containers to start again', runs, 30_000);
    await host.asRoot(id, flood('for (1 .. 600) { mkdir "d" or last; chdir "d"; $n++ }'));
    await untilGone();
    await waitUntil('containers to start once more', runs, 30_000);
  }, 180_000);

  it('cgroups made and removed without end: no more can be made, for some seconds', async () => {
    // So few that an emulated machine (npm run test:vm) makes more as well.
    const { id } = await claimWith({ cpus: 1.3, cgroupRate: 100 });
    const churn = `perl -e '$end = time + 8; while (time < $end) { mkdir("c") ? rmdir("c") : $no++ } print $no ? "refused" : "made"'`;
    const ended = host.asRoot(id, `d=/sys/fs/cgroup/pids; [ -d $d ] || d=/sys/fs/cgroup; cd $d; ${churn}`);
    const told = await untilTold(id, 'cgroup-rate');
    expect(told.limit).toBe(100);
    expect(told.measured).toBeGreaterThan(told.limit);
    expect((await ended).stdout).toBe('refused');
    const run = 'docker run --rm busybox echo works';
    const runs = async () => (await host.asLearner(id, run, { mayFail: true })).stdout === 'works';
    await waitUntil('containers to start again', runs, 30_000);
    await setSandboxSettings(host, {});
  }, 180_000);

  it('terminal: held to its rate after the burst, and nothing is lost', async () => {
    const { id } = await claimWith({ cpus: 1.4, terminalRate: '64KiB/s', terminalBurst: '1MiB' });
    const { terminal } = await openTerminal(client, id);
    let tail = '';
    const began = performance.now();
    // So slow a rate that an emulated machine (npm run test:vm) prints more as well.
    terminal.type('seq 1 300000; echo "o""ver"\r');
    await terminal.until(() => {
      tail = (tail + terminal.text.slice(-512)).slice(-512);
      // Megabytes are counted, not kept.
      terminal.forget();
      return tail.includes('over');
    }, 90_000);
    expect(terminal.broken).toBeNull();
    const told = await untilTold(id, 'terminal');
    expect(told.limit).toBe(64 * 1024);
    expect(told.measured).toBeGreaterThan(told.limit);
    // 2.3 MB with CR and LF: 1 MiB at full speed, the rest at 64 KiB a second.
    expect(performance.now() - began).toBeGreaterThan(17_000);
    expect(terminal.received).toBeGreaterThan(2_280_000);
    expect(tail).toContain('299999\r\n300000\r\nover');
    await setSandboxSettings(host, {});
  }, 150_000);
});

describe('the end of a sandbox whose memory ran out', () => {
  it('is called by its name when the kernel took its first process', async () => {
    const { id, limits } = await claimSandbox(client);
    // Root makes its own init the kernel's favourite, and then many small processes fill the memory.
    const fill = `echo 1000 > /proc/1/oom_score_adj; perl -e 'for (1 .. 25) { next if fork; my $x = "x" x ${80 * MiB}; sleep 20; exit } sleep 20'`;
    await host.asRoot(id, fill, { mayFail: true, timeoutMs: 60_000 });
    const ended = await untilEnded(client, id, 40_000);
    const mib = limits.memoryBytes / MiB;
    expect(ended).toMatchObject({
      reason: 'out-of-memory',
      detail: `all of its ${mib} MiB were in use, and the kernel ended its first process`,
    });
  }, 120_000);
});

describe('limits that an operator sets', () => {
  afterAll(() => setSandboxSettings(host, {}));

  it('hold for new sandboxes, at the kernel’s side; warm ones of before are replaced; what cannot be used is not', async () => {
    const before = await claimSandbox(client);
    const fresh = await claimWith({ memory: '1GiB', disk: '512MiB', pids: 640, cpus: 0.75, inodes: 50_000 });
    const limits = { memoryBytes: 1024 * MiB, diskBytes: 512 * MiB, pids: 640, cpus: 0.75, inodes: 50_000 };
    expect(fresh.limits).toEqual(limits);
    const { HostConfig } = JSON.parse(await inspected(fresh.id, '{{json .}}'));
    expect([HostConfig.Memory, HostConfig.MemorySwap, HostConfig.PidsLimit, HostConfig.NanoCpus]).toEqual([
      limits.memoryBytes,
      limits.memoryBytes,
      640,
      0.75e9,
    ]);
    const { stdout } = await host.asRoot(fresh.id, 'df -B1 --output=size / | tail -1; df --output=itotal / | tail -1');
    expect(stdout.split('\n').map(Number)).toEqual([limits.diskBytes, limits.inodes]);
    expect((await client.call('sandbox.get', { sandboxId: before.id })).limits.pids).toBe(1024);

    await setSandboxSettings(host, { limits: { pids: 'lots' } });
    const { limits: still } = await claimSandbox(client);
    expect(still.pids).toBe(640);
  }, 120_000);
});
