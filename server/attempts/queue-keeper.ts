import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import { leaveQueue } from './attempt-sandbox.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** Says of those whose page is open that they still wait, and gives up the places of those who left. */
export class QueueKeeper {
  readonly #deps: AttemptDeps;
  readonly #all: () => Promise<LiveAttempt[]>;
  readonly #timer: NodeJS.Timeout;
  readonly #leftAt = new Map<string, number>();

  constructor(deps: AttemptDeps, all: () => Promise<LiveAttempt[]>) {
    this.#deps = deps;
    this.#all = all;
    this.#timer = setInterval(() => {
      this.beat().catch(err => deps.log.warn({ err }, 'places in the queue could not be kept'));
    }, attemptLimits.keepPlaceMs);
    this.#timer.unref();
  }

  async beat(): Promise<void> {
    if (!this.#deps.sandboxd.reachable) return;
    const waiting = (await this.#all()).filter(live => live.ticket !== null);
    const here = waiting.filter(live => live.watched);
    const gone = new Set(waiting.filter(live => !live.watched).map(live => live.id));
    // Came back, or has its sandbox: who waits and leaves another time has the whole time again.
    for (const id of this.#leftAt.keys()) if (!gone.has(id)) this.#leftAt.delete(id);
    if (here.length > 0) await this.#deps.sandboxd.call('queue.keep', { attemptIds: here.map(live => live.id) });
    for (const live of waiting.filter(one => !one.watched)) await this.#gone(live);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A reload takes a moment, a closed page stays closed. */
  async #gone(live: LiveAttempt): Promise<void> {
    const since = this.#leftAt.get(live.id) ?? this.#deps.now();
    this.#leftAt.set(live.id, since);
    if (this.#deps.now() - since < attemptLimits.leaveQueueAfterMs) return;
    this.#leftAt.delete(live.id);
    await leaveQueue(this.#deps, live);
  }
}
