import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { removePlainDind, startPlainDind } from '#tests/bench/start/plain-dind.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import { type LineDriver, promptOf } from '#tests/bench/support/line-driver.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import { ttyd } from '#tests/bench/terminal/ttyd-lines.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { endAll } from '#tests/support/claim.ts';
import { resident, residentInside, type Weight, weighContainer } from './weigh.ts';

const SANDBOXD = '^[^ ]*node .*sandboxd/main.ts';

interface Learner {
  guest: Guest;
  attempt: string;
  sandbox: string;
}

/** What a sandbox with an idle learner weighs, and what a terminal costs the two servers. */
export async function measureMemory(belowdeck: Belowdeck): Promise<Measurement[]> {
  const { host } = belowdeck;
  const client = host.client();
  try {
    await poolIsFull(client);
    const learners: Learner[] = [];
    for (let i = 0; i < benchLimits.weighedSandboxes; i++) {
      const guest = await Guest.arrive(belowdeck.url);
      learners.push({ guest, ...(await guest.begin('docker-engine', 'process-tree')) });
    }
    const plain = [await startPlainDind(host), await startPlainDind(host)];
    await poolIsFull(client);
    await sleep(benchLimits.restMs);
    const weights = await Promise.all(learners.map(one => weighContainer(host, `belowdeck-${one.sandbox}`)));
    const plainWeights = await Promise.all(plain.map(one => weighContainer(host, one.name)));
    for (const { name } of plain) await removePlainDind(host, name);
    return [...sandboxRows(weights, plainWeights), ...(await terminalRows(belowdeck, learners))];
  } finally {
    await endAll(client);
    client.stop();
  }
}

function sandboxRows(ours: Weight[], plain: Weight[]): Measurement[] {
  const peers = (pick: (one: Weight) => number) => [{ name: 'plain docker run of dockerd', samples: plain.map(pick) }];
  return [
    {
      id: 'sandbox-pss',
      metric: 'memory per idle sandbox (PSS of its processes)',
      unit: 'MiB',
      samples: ours.map(one => one.pss),
      peers: peers(one => one.pss),
    },
    {
      id: 'sandbox-charged',
      metric: 'memory per idle sandbox (charged to its cgroup)',
      unit: 'MiB',
      samples: ours.map(one => one.charged),
      peers: peers(one => one.charged),
    },
    {
      id: 'sandboxes-per-gib',
      metric: 'idle sandboxes',
      unit: 'per GiB',
      samples: ours.map(one => 1024 / one.charged),
      peers: peers(one => 1024 / one.charged),
      aim: { text: '≥ 45', holds: own => own.p50 >= 45 },
      note: 'each has a dockerd, a containerd, a shell and its preloaded images; by what its cgroup is charged',
    },
  ];
}

/** Growth of both servers over many terminals, all attached and quiet. */
async function terminalRows(belowdeck: Belowdeck, learners: Learner[]): Promise<Measurement[]> {
  const { host } = belowdeck;
  const web = () => resident(belowdeck.webPid());
  const sandboxd = () => residentInside(host, SANDBOXD);
  const lines: LineDriver[] = [];
  const attach = async ({ guest, attempt }: Learner, id: string) => {
    lines.push(await promptOf(Promise.resolve(attachLine(guest, attempt, id))));
  };
  try {
    // One each beforehand: what the first one costs is not what one more costs.
    for (const learner of learners) await attach(learner, (await learner.guest.openTerminal(learner.attempt)).id);
    await sleep(benchLimits.restMs);
    const sandboxdBefore = await sandboxd();
    const opened: [Learner, string][] = [];
    for (let i = 1; i < benchLimits.terminalsEach; i++) {
      for (const learner of learners) opened.push([learner, (await learner.guest.openTerminal(learner.attempt)).id]);
    }
    await sleep(benchLimits.restMs);
    // Only now: the requests that open terminals leave garbage of their own in the web process.
    const webBefore = web();
    for (const [learner, id] of opened) await attach(learner, id);
    await sleep(benchLimits.restMs);
    const growth = { sandboxd: (await sandboxd()) - sandboxdBefore, web: web() - webBefore };
    const peer = await ttydGrowth(opened.length);
    const row = (id: 'web' | 'sandboxd'): Measurement => ({
      id: `terminal-${id}`,
      metric: `memory per attached terminal in ${id} (growth of RSS)`,
      unit: 'KiB',
      samples: [growth[id] / opened.length],
      peers: [peer],
      aim: { text: '≤ 150 KiB', holds: own => own.p50 <= 150 },
      note: `growth over ${opened.length} terminals, less what fits into room that the heap had already; output kept for a reload comes on top in sandboxd, at most 512 KiB each`,
    });
    return [row('sandboxd'), row('web')];
  } finally {
    for (const driver of lines) await driver.line.close();
  }
}

async function ttydGrowth(terminals: number): Promise<{ name: string; samples: number[]; note?: string }> {
  const server = await ttyd().catch((error: Error) => error);
  if (server instanceof Error) return { name: 'ttyd', samples: [], note: `could not be had: ${server.message}` };
  const open: LineDriver[] = [];
  try {
    open.push(await promptOf(server.open()));
    const before = resident(server.pid);
    for (let i = 0; i < terminals; i++) open.push(await promptOf(server.open()));
    return { name: 'ttyd', samples: [(resident(server.pid) - before) / terminals] };
  } finally {
    for (const driver of open) await driver.line.close();
    await server.stop();
  }
}
