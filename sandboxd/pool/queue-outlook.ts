import type { QueueBasis, QueueTicket } from '#domain/protocol/claim.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { Waiter } from './queue.ts';

/** What is known of the near future of the queue. */
export interface Outlook {
  now: number;
  /** Whether sandboxes are given away at all. */
  ready: boolean;
  /** Sandboxes being started for those who wait, those for one learner alone included. */
  starting: number;
  /** Attempts of the latter: with a way out, which the pool does not keep. */
  own: ReadonlySet<string>;
  /** As many at once. */
  startsAtOnce: number;
  /** How long a start takes at the moment, milliseconds. */
  startMs: number;
  /** How many more may be started beyond those. */
  places: number;
  /** Why not more. */
  shortOf: 'full' | 'memory';
  /** Latest ends of the sandboxes in use, epoch milliseconds, ascending. */
  ends: readonly number[];
}

/** Everybody's place and what it depends on, as honestly as it can be known. */
export function ticketsOf(waiters: readonly Waiter[], outlook: Outlook): QueueTicket[] {
  const started = startedOf(waiters, outlook);
  let behind = 0;
  return waiters.map(({ attemptId, since }, index) => {
    const turn = turnOf(index, started.has(attemptId) ? null : behind++, outlook);
    return { attemptId, position: index + 1, waiting: waiters.length, since, ...turn };
  });
}

/** Whose sandbox is being started: what the pool starts is for the first who wait for one of the pool. */
function startedOf(waiters: readonly Waiter[], { starting, own }: Outlook): ReadonlySet<string> {
  const byPool = waiters.filter(waiter => !waiter.egress).slice(0, starting - own.size);
  return new Set([...own, ...byPool.map(waiter => waiter.attemptId)]);
}

/** `after`: for how many before nothing is started yet; null when one is being started for this one. */
function turnOf(index: number, after: number | null, outlook: Outlook): { basis: QueueBasis; turnAt: number | null } {
  const { now, ready, startsAtOnce, startMs, places, shortOf, ends } = outlook;
  if (!ready) return { basis: 'host', turnAt: null };
  if (after === null) return { basis: 'starting', turnAt: seconds(now + startMs) };
  if (after < places) {
    const rounds = 1 + Math.floor(index / startsAtOnce);
    return { basis: 'starts', turnAt: seconds(now + rounds * startMs) };
  }
  return { basis: shortOf, turnAt: ends[after - places] ?? null };
}

/** Whole seconds: an estimate that moves by milliseconds would be told anew all the time. */
function seconds(at: number): number {
  return Math.ceil(at / 1_000) * 1_000;
}

/** When sandboxes in use end at the latest if nobody extends, ascending; what is used now is not taken to be idle later. */
export function latestEnds(sandboxes: readonly Sandbox[]): number[] {
  return sandboxes
    .flatMap(({ attemptId, expiresAt }) => (attemptId !== null && expiresAt ? [expiresAt] : []))
    .sort((a, b) => a - b);
}
