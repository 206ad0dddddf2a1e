import { touchAttempt } from '#data/attempts.ts';
import { system } from '#data/system.ts';
import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import { findSandbox } from './attempt-sandbox.ts';
import { CoalescingRunner } from './coalescing-runner.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { look } from './look.ts';
import { createPortWatch } from './port-watch.ts';

/** Keeps the open step of one attempt looked at: on every change notice, and by a slow sweep while somebody watches. */
export class AttemptWatcher {
  readonly #deps: AttemptDeps;
  readonly #live: LiveAttempt;
  readonly #runner: CoalescingRunner;
  readonly #ports: ReturnType<typeof createPortWatch>;
  #sweep: NodeJS.Timeout | null = null;
  #sweptAt = 0;
  #touchedAt = 0;
  #seenAt = 0;

  constructor(deps: AttemptDeps, live: LiveAttempt) {
    this.#deps = deps;
    this.#live = live;
    this.#runner = new CoalescingRunner({
      run: () => live.queue.run(() => this.#look()),
      debounceMs: attemptLimits.debounceMs,
      burst: attemptLimits.lookBurst,
      refillMs: attemptLimits.lookRefillMs,
      onError: error => this.#onError(error),
    });
    this.#ports = createPortWatch(deps, live, error => this.#onError(error));
  }

  /** Something changed, or may have: look soon. */
  notice(): void {
    this.#runner.request();
    this.#ports.notice();
  }

  /** Somebody opened the page: the sweep runs until `unwatched`. */
  watched(): void {
    this.#sweep ??= setInterval(() => this.#onSweep(), attemptLimits.fileSweepMs);
    this.notice();
  }

  /** Somebody can see the page again: its sandbox wakes, and is looked at. */
  seen(): void {
    // Awake since a moment ago; a page that blinks costs no more than one that is open.
    if (this.#deps.now() - this.#seenAt < attemptLimits.blinkMs) return;
    this.#seenAt = this.#deps.now();
    this.#touchedAt = this.#deps.now();
    this.#touch().catch(error => this.#onError(error));
    this.notice();
  }

  unwatched(): void {
    if (this.#sweep) clearInterval(this.#sweep);
    this.#sweep = null;
  }

  async stop(): Promise<void> {
    this.unwatched();
    await Promise.all([this.#runner.stop(), this.#ports.stop()]);
  }

  #onSweep(): void {
    if (!this.#deps.sandboxd.reachable) return;
    const now = this.#deps.now();
    const { sandbox, visiblePages } = this.#live;
    // A look would wake what sleeps, and keep busy what nobody sees; news of changes still come.
    const looking = visiblePages > 0 && (sandbox?.suspendedAt ?? null) === null;
    const dueMs = this.#live.readsFiles ? attemptLimits.fileSweepMs : attemptLimits.sweepMs;
    // Half a tick of grace: timers are late now and then.
    if (looking && now - this.#sweptAt >= dueMs - attemptLimits.fileSweepMs / 2) {
      this.#sweptAt = now;
      this.notice();
    }
    if (now - this.#touchedAt < attemptLimits.touchMs) return;
    this.#touchedAt = now;
    this.#touch().catch(error => this.#onError(error));
  }

  /** An open page counts as activity: its sandbox is not idle. */
  async #touch(): Promise<void> {
    await touchAttempt(this.#deps.db, system, this.#live.id);
    this.#deps.onProgress(this.#live.record);
    const { sandbox, visiblePages, record } = this.#live;
    if (!isLiving(sandbox)) return;
    const looking = visiblePages > 0;
    await this.#deps.sandboxd.call('sandbox.touch', { sandboxId: sandbox.id, looking, ownerId: record.userId });
  }

  /** Resolves with how many ordinary looks it was worth. */
  async #look(): Promise<number> {
    if (!this.#live.sandboxKnown) await findSandbox(this.#deps, this.#live);
    // Only what a learner asks for wakes a sandbox; it is looked at again when it is awake.
    if ((this.#live.sandbox?.suspendedAt ?? null) !== null) return 1;
    await look(this.#deps, this.#live, this.#live.step());
    return 1 + this.#live.factsRead / attemptLimits.factsPerLook;
  }

  #onError(error: unknown): void {
    const code = errorCodeOf(error);
    // The sandbox or its host went away while we looked: /watch tells, and the page says so.
    if (code === 'host-unreachable' || code === 'sandbox-not-found' || code === 'sandbox-ended') return;
    const { id, sandbox } = this.#live;
    this.#deps.log.warn({ err: error, attempt: id, sandbox: sandbox?.id }, 'a look at a sandbox failed');
  }
}
