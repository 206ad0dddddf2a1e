import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { classLimits } from './class/class-limits.ts';
import { type Kill, kills } from './class/kills.ts';
import { Learner } from './class/learner.ts';
import { type SeededRandom, seededRandom } from './class/seeded-random.ts';
import { brokenPromises, disagreements, untilHolds } from './class/settled.ts';
import { atWork } from './class/work.ts';

const rounds = Number(process.env.BELOWDECK_CRASH_ROUNDS ?? 3);
const seed = Number(process.env.BELOWDECK_CRASH_SEED ?? Date.now() % 1_000_000);

describe('kill -9 at random moments of a class', () => {
  let belowdeck: Belowdeck;
  let learners: Learner[];
  const random = seededRandom(seed);
  /** Kills that found their process. */
  let hits = 0;
  /** Deeds that learners were told are done: what nobody did cannot be lost. */
  let done = 0;

  beforeAll(async () => {
    console.log(`played again with: npm run test:crash -- --rounds ${rounds} --seed ${seed}`);
    belowdeck = await startBelowdeck();
    const labs = loadCatalog(join(root, 'labs')).labs('docker-engine');
    learners = [];
    for (let n = 0; n < classLimits.learners; n++)
      learners.push(await Learner.arrive(`learner ${n + 1}`, random.pick(labs), belowdeck.url));
  });

  afterAll(async () => {
    for (const learner of learners ?? []) await learner.leave().catch(() => undefined);
    await belowdeck?.stop();
  });

  it.each(Array.from({ length: rounds }, (_, index) => index + 1))(
    'round %i: all is kept, and goes on',
    async round => {
      const before = new Map(
        await Promise.all(
          learners.map(
            async learner => [learner, { id: await learner.haveSandbox(), resets: learner.resets }] as const,
          ),
        ),
      );
      const working = learners.map(learner =>
        atWork(learner, seededRandom(seed + round * 100 + learners.indexOf(learner))),
      );
      const fired = await killAtRandom(random);
      console.log(`round ${round}: killed ${fired.map(kill => kill.name).join(', then ')}`);
      await sleep(classLimits.afterKillMs);
      const work = await Promise.all(working.map(one => one.stop()));
      done += work.reduce((sum, one) => sum + one.done, 0);
      const calm = Date.now();

      await Promise.all(
        learners.map(async learner => {
          const broken = await untilHolds(`${learner.name}'s progress`, () => brokenPromises(learner));
          expect(broken).toEqual([]);
          // Together: that a sandbox has ended may become known only when its terminal is asked for.
          const { sandbox, missing } = await untilHolds(`${learner.name}'s sandbox and terminal`, async () => ({
            sandbox: await learner.haveSandbox(),
            missing: await learner.missingMarks(),
          }));
          const mayBeNew = fired.some(({ takes, of }) => takes === 'all' || (takes === 'one' && of === learner));
          if (!mayBeNew && learner.resets === before.get(learner)?.resets)
            expect(sandbox, `${learner.name} has the same sandbox`).toBe(before.get(learner)?.id);
          if (learner.kept.marks.sandbox === sandbox) expect(missing, `${learner.name}'s file`).toEqual([]);
        }),
      );
      await untilHolds('sandboxd and Docker agree', async () => {
        const wrong = await disagreements(belowdeck);
        if (wrong.length > 0) throw new Error(wrong.join('; '));
      });
      const refused = work.reduce((sum, one) => sum + [...one.refused.values()].reduce((a, b) => a + b, 0), 0);
      console.log(
        `round ${round}: killed ${fired.map(kill => kill.name).join(', then ')}; ${refused} deeds refused meanwhile; all well ${Date.now() - calm} ms after`,
      );
    },
  );

  it('found something to kill most times', () => {
    expect(hits).toBeGreaterThanOrEqual(rounds / 2);
  });

  it('found something to lose most times', () => {
    expect(done).toBeGreaterThanOrEqual(rounds);
  });

  async function killAtRandom(from: SeededRandom): Promise<(Kill & { of: Learner })[]> {
    const fired: (Kill & { of: Learner })[] = [];
    const times = from.chance(classLimits.secondKillShare) ? 2 : 1;
    for (let n = 0; n < times; n++) {
      await sleep(from.between(0, n === 0 ? classLimits.beforeKillMs : classLimits.secondKillMs));
      const of = from.pick(learners);
      const kill = from.pick(kills({ belowdeck, victim: of }));
      fired.push({ ...kill, of });
      // The second one may find nothing to kill: the first took it.
      await kill.fire().then(
        () => hits++,
        error => console.log(`${kill.name}: ${error.message.slice(0, 200)}`),
      );
    }
    return fired;
  }
});
