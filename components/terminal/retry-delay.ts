import { connectionLimits } from './connection-limits.ts';

/** Milliseconds to wait before the n-th try in a row (0 is the first); `random` is in [0, 1). */
export function retryDelay(tries: number, random: number): number {
  const { retryFirstMs, retryLastMs, retryJitter } = connectionLimits;
  const base = Math.min(retryFirstMs * 2 ** Math.min(tries, 20), retryLastMs);
  return Math.round(base * (1 - retryJitter * random));
}
