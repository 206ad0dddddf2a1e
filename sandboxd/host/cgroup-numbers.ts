import { hostLimits } from './host-limits.ts';
import { readBounded } from './read-bounded.ts';

/** Version 1 writes "no limit" as the largest page-aligned number. */
const UNLIMITED = 2 ** 62;

/** A number file; null for "max", −1, an absurdly large value or no file. */
export function readLimit(file: string): number | null {
  const text = readBounded(file, hostLimits.maxCounterBytes)?.trim();
  if (!text) return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 && value < UNLIMITED ? value : null;
}

/** All counters of a file of "name value" lines; none when there is no such file. */
export function readCounters(file: string): Map<string, number> {
  const lines = readBounded(file, hostLimits.maxCounterBytes)?.split('\n') ?? [];
  return new Map(lines.map(line => line.split(' ')).map(([name = '', value]) => [name, Number(value) || 0]));
}

/** One of them; 0 when absent. */
export function readCounter(file: string, name: string): number {
  return readCounters(file).get(name) ?? 0;
}

/** Quota per period in processors; null when there is no quota. */
export function cpusOf(quota: string | undefined, period: string | undefined): number | null {
  const value = Number(quota) / Number(period);
  return Number.isFinite(value) && value > 0 ? Math.round(value * 1000) / 1000 : null;
}
