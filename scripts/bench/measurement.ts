import type { Summary } from './summary.ts';

export const benchGroups = ['start', 'cold', 'green', 'echo', 'bulk', 'memory'] as const;
export type BenchGroup = (typeof benchGroups)[number];

/** One thing that was measured, and the same of others in the same run. */
export interface Measurement {
  /** Stable: names the figure in the JSON. */
  id: string;
  metric: string;
  unit: 'ms' | 'MB/s' | 'MiB' | 'KiB' | 'per GiB';
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
}

/** A measurement of a group that could not be made: the only thing that fails a run. */
export interface BenchFailure {
  group: BenchGroup;
  error: string;
}
