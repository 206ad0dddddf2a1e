import { type PreflightStatus, type ProbeResult, refusals } from '#domain/protocol/preflight.ts';
import { ensureImages } from '#scripts/setup/images/ensure-images.ts';
import { loadEngine } from '#scripts/setup/images/load-engine.ts';
import { consoleReporter } from '#scripts/setup/images/reporter.ts';
import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import type { Arena } from './arena.ts';
import type { Fence } from './attack.ts';
import { naiveChecker } from './naive-checker.ts';

/** Changes settings of the engine in a sandbox host of the test's own, and starts all sandboxes anew under them. */
async function withoutSetting(host: TestSandboxHost, change: string): Promise<void> {
  const file = '/etc/belowdeck/dockerd.json';
  const edit = `const fs = require('fs'); const c = JSON.parse(fs.readFileSync('${file}')); ${change}; fs.writeFileSync('${file}', JSON.stringify(c))`;
  await host.inside(['node', '-e', edit]);
  const restart =
    'docker ps -aq | xargs -r docker rm -f >/dev/null; sv -w 30 restart dockerd; until docker version >/dev/null 2>&1; do sleep 0.2; done';
  await host.inside(['bash', '-c', restart], { timeoutMs: 60_000 });
}

/** Sandboxes that may have more control groups than any attack here makes: an operator's setting, for all that start now. */
async function withManyCgroups(host: TestSandboxHost): Promise<void> {
  await setSandboxSettings(host, {
    limits: { cgroups: 10_000, cgroupDepth: 64, cgroupRate: 1_000_000 },
    pool: { poolMin: 0, poolMax: 0 },
  });
  const client = host.client();
  const old = async () => (await client.call('host.status', {})).pool;
  await waitUntil(
    'the end of those that were started before',
    async () => {
      const { warm, warming } = await old();
      return warm + warming === 0;
    },
    60_000,
  ).finally(() => client.stop());
}

/** What the preflight of sandboxd must find without a fence. */
export const foundWithout: Partial<Record<Fence, readonly string[]>> = {
  userns: ['uid-mapping', 'write-core-pattern', 'make-block-device', 'raise-memory-limit'],
  seccomp: ['seccomp-mode', 'system-calls'],
};

/** Waits until the preflight has judged the host as it is now, and gives what it refuses. */
export async function refusedByPreflight(host: TestSandboxHost): Promise<ProbeResult[]> {
  const client = host.client();
  let status: PreflightStatus | undefined;
  await waitUntil(
    'the verdict of the preflight',
    async () => {
      status = (await client.call('host.status', {}).catch(() => null))?.preflight;
      return status !== undefined && status.state !== 'waiting' && status.state !== 'running';
    },
    90_000,
  ).finally(() => client.stop());
  return refusals({ probes: status?.probes ?? [], accepted: [] });
}

/** Sets what an operator would set to give sandboxes away all the same, and starts sandboxd anew with it. */
export async function acceptUnsafe(host: TestSandboxHost, ids: readonly string[]): Promise<void> {
  const name = 'BELOWDECK_ACCEPT_UNSAFE_SANDBOXES';
  const change = `s/^exec .*node/exec env ${name}=${ids.join(',')} node/`;
  await host.inside(['sed', '-i', change, '/etc/service/sandboxd/run']);
  await host.inside(['sv', '-w', '20', 'restart', 'sandboxd']);
  await host.untilHealthy();
}

/** Takes one fence away from a sandbox host before sandboxes are claimed there. Production code knows nothing of this. */
export async function weakenHost(host: TestSandboxHost, instance: string, fence: Fence): Promise<void> {
  if (fence === 'seccomp') await withoutSetting(host, "c['seccomp-profile'] = 'unconfined'");
  if (fence === 'cgroups') await withManyCgroups(host);
  if (fence === 'userns') {
    // Without the remap the engine has another data folder, without any image; no sandbox may start before they are there.
    const sandboxd = (word: string) => host.inside(['sv', '-w', '20', word, 'sandboxd']);
    await sandboxd('down');
    await withoutSetting(host, "delete c['userns-remap']");
    const report = consoleReporter();
    await loadEngine(instance, await ensureImages({ report }), report);
    await sandboxd('up');
  }
  await host.untilHealthy();
  const client = host.client();
  await waitUntil(
    'a sandbox under the weakened fence',
    async () => {
      const status = await client.call('host.status', {}).catch(() => null);
      return status?.engine.up && status.labImage !== null;
    },
    30_000,
  );
  client.stop();
}

/** The fences that stand around sandboxes that run already. */
export async function weakenSandbox(arena: Arena, fence: Fence): Promise<void> {
  const name = `belowdeck-${arena.own.id}`;
  if (fence === 'observer') arena.checker = naiveChecker(arena);
  if (fence === 'network')
    // sandboxd would put the rules up again within seconds: it finds no tool to do it with.
    await arena.outside(
      `for t in iptables ip6tables; do mv /usr/sbin/$t-restore /usr/sbin/$t-restore.away
         for table in filter security; do for c in BELOWDECK-INPUT BELOWDECK-FORWARD; do $t -t $table -F $c; done; done; done`,
    );
  // As a sandbox host has it without Belowdeck's settings; sandboxd would write them again within seconds.
  if (fence === 'wire')
    await arena.outside(`cd /proc/sys/net/ipv4/conf; nohup bash -c 'for n in $(seq 1200); do
        for d in all bd${arena.own.id}; do echo 0 >$d/rp_filter; echo 0 >$d/arp_ignore; done; sleep 0.1; done' >/dev/null 2>&1 &
      ip link set bd${arena.own.id} type bridge ageing_time 30000; sleep 0.3`);
  if (fence === 'limits')
    await arena.outside(`docker update --memory 4g --memory-swap 4g --pids-limit 4000 ${name}
      mount -o remount,size=3g,nr_inodes=1000000 "$(docker volume inspect -f '{{.Mountpoint}}' ${name})"`);
}
