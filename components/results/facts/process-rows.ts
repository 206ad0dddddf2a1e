import type { ProcessFact } from '#domain/facts/facts.ts';

export interface ProcessRow {
  process: ProcessFact;
  /** 0 for what has no parent in sight. */
  depth: number;
}

/** The processes as a tree, parents before children, each level by PID. Every process stands in it exactly once. */
export function processRows(processes: readonly ProcessFact[]): ProcessRow[] {
  const sorted = [...processes].sort((a, b) => a.pid - b.pid || a.outerPid - b.outerPid);
  const pids = new Set(sorted.map(one => one.pid));
  const children = Map.groupBy(sorted, one => one.ppid);
  const rows: ProcessRow[] = [];
  const seen = new Set<ProcessFact>();

  function add(process: ProcessFact, depth: number): void {
    // Two processes may claim one PID in facts that were cut: nobody is walked twice.
    if (seen.has(process)) return;
    seen.add(process);
    rows.push({ process, depth });
    for (const child of children.get(process.pid) ?? []) add(child, depth + 1);
  }

  for (const process of sorted) if (process.ppid === process.pid || !pids.has(process.ppid)) add(process, 0);
  // What is left hangs in a ring of parents.
  for (const process of sorted) add(process, 0);
  return rows;
}
