import { describe, expect, it } from 'vitest';
import { summarise } from './summary.ts';

describe('the summary of samples', () => {
  it('gives quantiles that are samples, whatever their order', () => {
    const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(summarise(samples)).toEqual({ n: 100, p50: 50, p95: 95, p99: 99, min: 1, max: 100 });
  });

  it('does not interpolate few samples', () => {
    expect(summarise([3, 1, 2])).toMatchObject({ n: 3, p50: 2, p95: 3, p99: 3 });
    expect(summarise([7])).toEqual({ n: 1, p50: 7, p95: 7, p99: 7, min: 7, max: 7 });
  });

  it('makes nothing up where nothing was measured', () => {
    expect(() => summarise([])).toThrow('no sample');
  });
});
