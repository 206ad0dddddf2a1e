import { figure } from '#scripts/bench/bench-table.ts';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { summarise } from '#scripts/bench/summary.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import type { PlatformFelt } from './platform-probe.ts';
import type { ClassRun } from './run-class.ts';
import type { Arrival } from './visitor.ts';

const within = `within ${benchLimits.classArrivesMs / 1000} s`;

/** What a class was like, as rows of the table. */
export function classRows(runs: readonly ClassRun[], quiet: PlatformFelt, left: readonly string[]): Measurement[] {
  const failures = runs.flatMap(run => run.failures.map(failure => `${run.size}: ${failure}`));
  const whole = runs.findLast(run => !run.announced);
  return [
    ...runs.filter(run => run.arrived.length > 0).map(arrivalRow),
    {
      id: 'class-failed',
      metric: 'learners without a prompt, of all above',
      unit: 'count',
      samples: [failures.length],
      peers: [],
      aim: { text: 'none', holds: own => own.max === 0, binding: true },
      ...(failures.length > 0 ? { note: failures.slice(0, 3).join('; ') } : {}),
    },
    ...runs.filter(run => run.size === benchLimits.classSize).flatMap(run => feltRows(run, quiet)),
    ...(whole ? weightRows(whole, runs) : []),
    {
      id: 'class-left',
      metric: 'things left behind by all of them',
      unit: 'count',
      samples: [left.length],
      peers: [],
      aim: { text: 'none', holds: own => own.max === 0, binding: true },
      note:
        left.length > 0
          ? left.join(', ')
          : 'containers, networks, volumes, cgroups, mounts, processes, rules, interfaces',
    },
  ];
}

function arrivalRow({ size, announced, arrived }: ClassRun): Measurement {
  const middle = (of: (one: Arrival) => number) => Math.round(summarise(arrived.map(of)).p50);
  return {
    id: `class-${size}${announced ? '-announced' : ''}`,
    metric: `“Try it” to a prompt, ${size === 1 ? 'one learner' : `${size} learners ${within}`}${announced ? ', announced' : ''}`,
    unit: 'ms',
    samples: arrived.map(one => one.prompt),
    peers: [],
    note: `median after the click: page ${middle(one => one.page)}, sandbox ${middle(one => one.sandbox)}, prompt ${middle(one => one.prompt)} ms; ${arrived.filter(one => one.queued).length} were told their place in the queue; the last had a prompt after ${Math.round(summarise(arrived.map(one => one.prompt)).max)} ms`,
  };
}

function feltRows({ size, announced, felt }: ClassRun, quiet: PlatformFelt): Measurement[] {
  const row = (what: keyof PlatformFelt, metric: string): Measurement => ({
    id: `class-${what}${announced ? '-announced' : ''}`,
    metric: `${metric}, while ${size}${announced ? ' announced' : ''} arrive`,
    unit: 'ms',
    samples: felt[what],
    peers: [{ name: 'quiet', samples: quiet[what] }],
  });
  return [row('echo', 'keystroke to echo of one who works'), row('api', 'answer of the API, with database')];
}

function weightRows({ size, weights, machine, removal }: ClassRun, runs: readonly ClassRun[]): Measurement[] {
  const growth = runs
    .filter(run => !run.announced && run.weights.length > 0)
    .map(run => `${run.size}: ${figure(summarise(run.weights.map(one => one.pss)).p50)}`)
    .join(', ');
  if (weights.length === 0) return [];
  return [
    {
      id: 'class-pss',
      metric: `memory per sandbox, ${size} at once (PSS of its processes)`,
      unit: 'MiB',
      samples: weights.map(one => one.pss),
      peers: [],
      note: `median with so many sandboxes: ${growth} MiB`,
    },
    {
      id: 'class-charged',
      metric: `memory per sandbox, ${size} at once (charged to its cgroup)`,
      unit: 'MiB',
      samples: weights.map(one => one.charged),
      peers: [{ name: 'what the machine has less of', samples: [machine] }],
      note: 'the machine counts shims, engine, agent, page cache and kernel as well',
    },
    {
      id: 'class-per-gib',
      metric: `sandboxes, ${size} at once`,
      unit: 'per GiB',
      samples: weights.map(one => 1024 / one.charged),
      peers: [{ name: 'by what the machine has less of', samples: [1024 / machine] }],
    },
    { id: 'class-removal', metric: 'removal of a sandbox', unit: 'ms', samples: removal.each, peers: [] },
    {
      id: 'class-removal-at-once',
      metric: `removal of ${size - removal.each.length} at once, all gone`,
      unit: 'ms',
      samples: [removal.rest],
      peers: [],
    },
  ];
}
