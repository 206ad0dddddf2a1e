/** One thing that was shown, or not. */
export interface Proof {
  lab: string;
  step: string;
  /** `task-id`, `question-id`, or `task-id: mutant text`. */
  what: string;
  kind: 'task' | 'mutant' | 'question';
  passed: boolean;
  /** What was seen: the time to green, the refusal's reason, the fact; or why it failed. */
  seen: string;
  /** From the prompt's return to the verdict, for tasks. */
  ms: number | null;
}

/** The same thing over all repeats. */
export interface ProofSummary {
  key: string;
  runs: number;
  passes: number;
  worstMs: number | null;
  /** Of the first failure, else of the last run. */
  seen: string;
  first: Proof;
}

/** Groups the proofs of all repeats, in order of first appearance. */
export function summariseProofs(proofs: readonly Proof[]): ProofSummary[] {
  const groups = new Map<string, Proof[]>();
  for (const proof of proofs) {
    const key = [proof.lab, proof.step, proof.kind, proof.what].join(' · ');
    groups.set(key, [...(groups.get(key) ?? []), proof]);
  }
  return [...groups].map(([key, runs]) => {
    const times = runs.flatMap(run => run.ms ?? []);
    const [first] = runs as [Proof];
    return {
      key,
      runs: runs.length,
      passes: runs.filter(run => run.passed).length,
      worstMs: times.length > 0 ? Math.max(...times) : null,
      seen: (runs.find(run => !run.passed) ?? runs.at(-1) ?? first).seen,
      first,
    };
  });
}

/** Share of things that sometimes passed and sometimes failed, 0 to 1. */
export function flakeRate(summaries: readonly ProofSummary[]): number {
  if (summaries.length === 0) return 0;
  return summaries.filter(({ passes, runs }) => passes > 0 && passes < runs).length / summaries.length;
}
