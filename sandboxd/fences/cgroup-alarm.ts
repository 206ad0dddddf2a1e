import { fenceLimits } from './fence-limits.ts';

/**
 * Tells, asked several times a second, whether the machine has gained so many cgroups that somebody may be making them: one
 * number instead of a look at each sandbox. `count`: all of the machine.
 */
export function createCgroupAlarm(count: () => number): () => boolean {
  let base = count();
  return () => {
    const machine = count();
    const rose = machine - base >= fenceLimits.alarmCgroups;
    if (rose || machine < base) base = machine;
    return rose;
  };
}
