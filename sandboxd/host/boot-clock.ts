import { hostLimits } from './host-limits.ts';
import { readBounded } from './read-bounded.ts';

/** USER_HZ, which Linux fixes at 100 for everything shown to programs. */
const TICKS_PER_SECOND = 100;

/** Epoch milliseconds of the boot, good to 10 ms: measured anew for each look, since the wall clock can be set. */
export function bootTime(now: number = Date.now()): number {
  const uptime = Number(readBounded('/proc/uptime', hostLimits.maxCounterBytes)?.split(' ')[0] ?? 0);
  return now - uptime * 1000;
}

/** Epoch milliseconds of a moment in clock ticks since boot. */
export function ticksToTime(ticks: number, boot: number): number {
  return Math.round(boot + (ticks * 1000) / TICKS_PER_SECOND);
}
