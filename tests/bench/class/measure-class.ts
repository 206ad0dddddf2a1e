import { setTimeout as sleep } from 'node:timers/promises';
import type { Measurement } from '#scripts/bench/measurement.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { endAll } from '#tests/support/claim.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { classRows } from './class-rows.ts';
import { type Inventory, leftovers, takeInventory } from './leftovers.ts';
import { probePlatform } from './platform-probe.ts';
import { type ClassRun, runClass, unannounce } from './run-class.ts';
import { Visitor } from './visitor.ts';

/** Two wait, and no more follow by themselves: nobody foresaw the class. */
const unforeseen = { poolMin: 2, poolMax: 2 };

/**
 * A class arrives within ten seconds, of growing size and at last announced: what each learner waits for a prompt, what
 * one who works already feels, what it weighs, and what is left of it afterwards.
 */
export async function measureClass(belowdeck: Belowdeck): Promise<Measurement[]> {
  const { host, url } = belowdeck;
  const client = host.client();
  try {
    const before = await emptied(belowdeck, client);
    await setSandboxSettings(host, { pool: unforeseen });
    await poolIsFull(client);
    const worker = new Visitor(url);
    await worker.visit();
    await worker.start();
    const probe = probePlatform(worker);
    await sleep(benchLimits.restMs);
    probe.take();
    await sleep(benchLimits.probeQuietMs);
    const quiet = probe.take();

    const runs: ClassRun[] = [];
    for (const size of benchLimits.classSizes)
      runs.push(await runClass(belowdeck, client, probe, { size, announced: false }));
    runs.push(await runClass(belowdeck, client, probe, { size: benchLimits.classSize, announced: true }));
    await probe.stop();
    await worker.leave();
    const left = leftovers(before, await emptied(belowdeck, client));
    return classRows(runs, quiet, left);
  } finally {
    await unannounce(client);
    await setSandboxSettings(host, {});
    await endAll(client);
    client.stop();
  }
}

/** Counts what there is once no sandbox is left. */
async function emptied({ host }: Belowdeck, client: SandboxdClient): Promise<Inventory> {
  await unannounce(client);
  await setSandboxSettings(host, { pool: { poolMin: 0, poolMax: 0 } });
  await endAll(client);
  await waitUntil(
    'no sandbox',
    async () => {
      // The pool gives up what is too many one by one; here nobody waits for it.
      const all = await client.call('sandbox.list', {});
      const living = all.filter(each => each.state !== 'ended');
      const ready = living.filter(each => each.state === 'ready');
      await Promise.all(ready.map(each => client.call('sandbox.end', { sandboxId: each.id, reason: 'admin' })));
      return living.length === 0;
    },
    benchLimits.patienceMs,
  );
  await sleep(benchLimits.restMs);
  return takeInventory(host);
}
