import type { Summary } from './summary.ts';

export const benchGroups = [
  'hand-over',
  'cold',
  'reset',
  'sleep',
  'class',
  'green',
  'echo',
  'bulk',
  'memory',
  'hostile',
] as const;
export type BenchGroup = (typeof benchGroups)[number];

/** Words that stand for several groups. */
export const benchSuites: Readonly<Record<string, readonly BenchGroup[]>> = {
  start: ['hand-over', 'cold', 'reset', 'sleep', 'class'],
  terminal: ['echo', 'bulk'],
};

/** One thing that was measured, and the same of others in the same run. */
export interface Measurement {
  /** Stable: names the figure in the JSON. */
  id: string;
  metric: string;
  unit: 'ms' | 'MB/s' | 'MiB' | 'KiB' | 'per GiB' | 'count';
  samples: number[];
  /** Others beside us; `samples` is empty where one could not be had, and `note` says why. */
  peers: { name: string; samples: number[]; note?: string }[];
  aim?: Aim;
  /** What a reader has to know about this figure. */
  note?: string;
}

export interface Aim {
  text: string;
  holds: (ours: Summary, peer: (name: string) => Summary | null) => boolean | null;
  /** It compares within this run, or counts: whatever the machine, missing it is a defect and fails the command. */
  binding?: boolean;
}

/** A measurement of a group that could not be made. */
export interface BenchFailure {
  group: BenchGroup;
  error: string;
}
