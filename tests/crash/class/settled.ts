import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { labelled } from '../support/labelled.ts';
import { classLimits } from './class-limits.ts';
import type { Learner } from './learner.ts';

/** Tries until it does not throw any more; throws with everything it heard when the time is over. */
export async function untilHolds<T>(what: string, look: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const heard = new Map<string, number>();
  for (;;) {
    try {
      return await look();
    } catch (error) {
      const words = (error as Error).message;
      if (!heard.has(words)) heard.set(words, Date.now() - began);
      if (Date.now() - began > classLimits.recoveredMs) {
        const all = [...heard].map(([said, at]) => `\n  from ${at} ms: ${said}`).join('');
        throw new Error(`${what} did not hold ${classLimits.recoveredMs} ms after the last kill:${all}`, {
          cause: error,
        });
      }
      await sleep(classLimits.lookEveryMs);
    }
  }
}

/** Every promise that was broken to this learner, in words; empty when all is well. */
export async function brokenPromises(learner: Learner): Promise<string[]> {
  const { kept } = learner;
  const view = await learner.look();
  const broken: string[] = [];
  for (const step of kept.steps)
    if (!view.stepsOpened.includes(step)) broken.push(`step ${step} was opened, and is not now`);
  for (const [id, value] of kept.answers) {
    const now = view.questions.find(one => one.question === id)?.value;
    if (JSON.stringify(now) !== JSON.stringify(value))
      broken.push(`answer to ${id} was ${JSON.stringify(value)}, and is ${JSON.stringify(now)} now`);
  }
  for (const id of kept.passed)
    if (view.tasks.find(one => one.task === id)?.state === 'open')
      broken.push(`task ${id} was passed, and is open now`);
  return broken.map(words => `${learner.name}: ${words}`);
}

/** What Docker in the sandbox host holds and sandboxd does not know, or the other way round; empty when they agree. */
export async function disagreements(belowdeck: Belowdeck): Promise<string[]> {
  const client = belowdeck.host.client();
  try {
    const status = await client.call('host.status', {});
    const living = (await client.call('sandbox.list', {})).filter((one: Sandbox) => one.state !== 'ended');
    const ids = living.map(one => one.id);
    const there = await labelled(belowdeck);
    const wrong = [
      ...there.filter(id => !ids.includes(id)).map(id => `sandbox ${id} is left over in Docker`),
      ...ids.filter(id => !there.includes(id)).map(id => `sandbox ${id} is known and not in Docker`),
      ...living.filter(one => one.state !== 'ready').map(one => `sandbox ${one.id} is ${one.state}`),
    ];
    if (!status.engine.up) wrong.push('the engine is down');
    if (status.pool.warm < status.pool.target) wrong.push(`the pool has ${status.pool.warm} of ${status.pool.target}`);
    return wrong;
  } finally {
    client.stop();
  }
}
