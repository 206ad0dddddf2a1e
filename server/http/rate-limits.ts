import { RateLimiterMemory } from 'rate-limiter-flexible';
import { rateLimited } from './respond.ts';

/** How often what may be done: `points` within `seconds`, per key (an address, an account, or both). */
export const rateLimits = {
  /** Wrong passwords, per address and account: enough for a bad morning, not for guessing. */
  'sign-in': { points: 10, seconds: 300 },
  /** Per account, whatever the address: slows guessing from many addresses. */
  'sign-in-account': { points: 50, seconds: 900 },
  /** Per address; a class behind one address signs up at the same time. */
  'sign-up': { points: 150, seconds: 600 },
  guest: { points: 150, seconds: 600 },
  /** One-time links and join codes tried, per address: a class opens its link a few times each; codes have 49 bits. */
  link: { points: 600, seconds: 600 },
  /** Sandboxes made or reset, per account. */
  sandbox: { points: 12, seconds: 60 },
  terminal: { points: 30, seconds: 60 },
  /** Previews opened, per account. */
  preview: { points: 60, seconds: 60 },
  /** "Check now", per account. */
  check: { points: 60, seconds: 60 },
  answer: { points: 60, seconds: 60 },
} as const;

export type LimitName = keyof typeof rateLimits;

export interface Limits {
  /** Counts one use; throws `rate-limited` (with `retryAfterMs`) when there were too many. */
  take(name: LimitName, key: string): Promise<void>;
  /** Forgets what was counted, e.g. after the right password. */
  clear(name: LimitName, key: string): Promise<void>;
}

/** Limits kept in memory: there is one web process, and a restart forgives. */
export function createLimits(): Limits {
  const limiters = new Map<LimitName, RateLimiterMemory>();
  for (const [name, { points, seconds }] of Object.entries(rateLimits))
    limiters.set(name as LimitName, new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }));
  const limiterOf = (name: LimitName) => {
    const limiter = limiters.get(name);
    if (!limiter) throw new Error(`There is no rate limit "${name}".`);
    return limiter;
  };
  return {
    async take(name, key) {
      try {
        await limiterOf(name).consume(key);
      } catch (error) {
        if (error !== null && typeof error === 'object' && 'msBeforeNext' in error)
          throw rateLimited(Number(error.msBeforeNext), name);
        throw error;
      }
    },
    async clear(name, key) {
      await limiterOf(name).delete(key);
    },
  };
}
