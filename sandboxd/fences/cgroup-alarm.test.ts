import { expect, it } from 'vitest';
import { createCgroupAlarm } from './cgroup-alarm.ts';
import { fenceLimits } from './fence-limits.ts';

const many = fenceLimits.alarmCgroups;

function alarm(first: number) {
  let machine = first;
  const rose = createCgroupAlarm(() => machine);
  return (next: number) => {
    machine = next;
    return rose();
  };
}

it('rings once for many new cgroups, fast or slowly made', () => {
  const look = alarm(100);
  expect([look(100), look(100 + many), look(100 + many)]).toEqual([false, true, false]);
  expect([look(100 + 1.5 * many), look(100 + 2 * many)]).toEqual([false, true]);
});

it('counts from the fewest, so that a maker who took his away rings it again', () => {
  const look = alarm(100);
  expect([look(100 + many), look(90), look(80), look(80 + many)]).toEqual([true, false, false, true]);
});
