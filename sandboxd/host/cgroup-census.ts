import type { CgroupBounds } from './cgroups.ts';

/** How many cgroups there are below a sandbox's own. */
export interface Census {
  cgroups: number;
  /** Deepest nesting seen; 0 where the kernel itself bounds it and it is not looked at. */
  depth: number;
  /** Folders below which there are too many or too deep ones; only where the kernel has no limit of its own. */
  over: string[];
}

/** One implementation per version: cgroup-census-v1.ts, -v2.ts. */
export interface CgroupCensus {
  /**
   * Counts from outside, where root in a sandbox can hide nothing. Bounded: what is over the bounds is not counted to
   * its end. `turn`: the hierarchy that is walked, counted on from look to look, and only the tops of the others;
   * `all` walks them all.
   */
  count(cgroup: string, bounds: CgroupBounds, turn: number | 'all'): Census;
  /** All cgroups of the machine, in the hierarchy that has most; null where the kernel itself holds their number. */
  machine(): number | null;
}
