import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { availableMemory, type Weight, weighContainers } from '#tests/bench/memory/weigh.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { attendClass } from './attend-class.ts';
import type { PlatformFelt, probePlatform } from './platform-probe.ts';
import type { Arrival } from './visitor.ts';

const ANNOUNCEMENT = 'bench-class';

export interface ClassRun {
  size: number;
  announced: boolean;
  arrived: Arrival[];
  failures: string[];
  /** What somebody who worked already felt meanwhile. */
  felt: PlatformFelt;
  /** Of its sandboxes, with an idle learner each. */
  weights: Weight[];
  /** What the machine has less of than before, per learner, MiB. */
  machine: number;
  /** How long the removal of each took, one after the other, and of all others at once; milliseconds. */
  removal: { each: number[]; rest: number };
}

/** A class comes, sits at its prompts for a moment, and its sandboxes are ended. */
export async function runClass(
  { url, host }: Belowdeck,
  client: SandboxdClient,
  probe: ReturnType<typeof probePlatform>,
  { size, announced }: { size: number; announced: boolean },
): Promise<ClassRun> {
  await poolIsFull(client);
  const available = await availableMemory(host);
  if (announced) await announce(client, size);
  probe.take();
  const { arrived, failures, visitors } = await attendClass(url, size);
  const felt = probe.take();
  await sleep(benchLimits.restMs);
  await poolIsFull(client);

  const attempts = new Set(visitors.map(visitor => visitor.attempt));
  const all = await client.call('sandbox.list', {});
  const ids = all.filter(each => each.state === 'ready' && attempts.has(each.attemptId ?? '')).map(each => each.id);
  const names = ids.map(id => `belowdeck-${id}`);
  const weights = names.length > 0 ? await weighContainers(host, names) : [];
  const machine = (available - (await availableMemory(host))) / size;
  for (const visitor of visitors) await visitor.leave();
  const removal = await timeRemoval(client, ids);
  return { size, announced, arrived, failures, felt, weights, machine, removal };
}

/** As many wait for the class as it has learners. */
async function announce(client: SandboxdClient, size: number): Promise<void> {
  const label = 'Bench';
  await client.call('pool.announce', { id: ANNOUNCEMENT, size, label, forMs: 2 * benchLimits.classPatienceMs });
  await waitUntil(
    'a sandbox for each of the class',
    async () => (await client.call('host.status', {})).pool.warm >= size,
    benchLimits.classPatienceMs,
  );
}

export function unannounce(client: SandboxdClient): Promise<unknown> {
  return client.call('pool.cancel', { id: ANNOUNCEMENT });
}

async function timeRemoval(client: SandboxdClient, ids: string[]): Promise<ClassRun['removal']> {
  const end = async (sandboxId: string) => {
    const began = performance.now();
    await client.call('sandbox.end', { sandboxId, reason: 'admin' });
    return performance.now() - began;
  };
  const each: number[] = [];
  for (const id of ids.slice(0, benchLimits.removedOneByOne)) each.push(await end(id));
  const began = performance.now();
  await Promise.all(ids.slice(benchLimits.removedOneByOne).map(end));
  return { each, rest: performance.now() - began };
}
