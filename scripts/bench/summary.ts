/** What is told of a series of samples; a quantile is the smallest sample that at least that share does not exceed. */
export interface Summary {
  n: number;
  p50: number;
  p95: number;
  p99: number;
  min: number;
  max: number;
}

/** Throws when there is no sample: a figure without one would be made up. */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('there is no sample to summarise');
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), min: at(0), max: at(1) };
}
