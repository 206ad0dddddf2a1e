import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from '#scripts/bench/bench-table.ts';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { summarise } from '#scripts/bench/summary.ts';
import { standBefore } from '#server/stand-before.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { endAll } from '#tests/support/claim.ts';
import { startAttacker } from './attacker-process.ts';
import { attacks, flood } from './attacks.ts';
import { type Felt, Neighbour } from './neighbour.ts';

/** How much worse it may get for the neighbour at p95. */
const WORSE = 2;

/** One sandbox attacks, in turn with quiet; what another learner feels of it. */
export async function measureHostile(belowdeck: Belowdeck): Promise<Measurement[]> {
  // It stands for another machine, where nobody takes its processor; both values are without its own waits, then.
  standBefore();
  const client = belowdeck.host.client();
  const quiet: Felt = { echo: [], check: [] };
  const under: { name: string; proof: string; felt: Felt }[] = [];
  let attacker: Awaited<ReturnType<typeof startAttacker>> | undefined;
  let neighbour: Neighbour | undefined;
  try {
    await poolIsFull(client);
    neighbour = await Neighbour.arrive(belowdeck.url, client);
    attacker = await startAttacker(belowdeck.url);
    await poolIsFull(client);
    const seconds = benchLimits.attackSeconds;
    for (const { name } of [...attacks, flood]) {
      const calm = await neighbour.work(benchLimits.quietSeconds * 1_000);
      quiet.echo.push(...calm.echo);
      quiet.check.push(...calm.check);
      const attack = attacker.attack(name, seconds);
      attack.catch(() => {});
      await sleep(benchLimits.attackLeadMs);
      const felt = await neighbour.work(seconds * 1_000 - benchLimits.attackLeadMs);
      under.push({ name, felt, proof: await attack });
      await sleep(benchLimits.restMs);
    }
  } finally {
    await attacker?.leave();
    await neighbour?.leave().catch(() => {});
    await endAll(client);
    client.stop();
  }
  return under.flatMap(({ name, proof, felt }) => [
    row('echo', 'neighbour’s keystroke to echo', name, felt.echo, quiet.echo, proof),
    row('check', 'neighbour’s change to verdict', name, felt.check, quiet.check),
  ]);
}

function row(
  what: keyof Felt,
  metric: string,
  attack: string,
  samples: number[],
  quiet: number[],
  proof?: string,
): Measurement {
  const worse = summarise(samples).p95 / summarise(quiet).p95;
  return {
    id: `hostile-${what}-${attack.replaceAll(' ', '-')}`,
    metric: `${metric}, ${attack}`,
    unit: 'ms',
    samples,
    peers: [{ name: 'quiet', samples: quiet }],
    aim: {
      text: `p95 ≤ ${WORSE} × quiet: ${figure(worse)}`,
      holds: () => worse <= WORSE,
      binding: true,
    },
    ...(proof ? { note: proof } : {}),
  };
}
