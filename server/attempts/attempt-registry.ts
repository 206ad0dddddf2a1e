import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import { adoptSandbox, adoptTicket, findSandbox, publishSandbox, takeSandbox } from './attempt-sandbox.ts';
import { AttemptWatcher } from './attempt-watcher.ts';
import { beginSandbox } from './begin-sandbox.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { loadAttempt } from './load-attempt.ts';
import { QueueKeeper } from './queue-keeper.ts';
import { whyNone } from './why-none.ts';

export interface OpenAttempt {
  live: LiveAttempt;
  watcher: AttemptWatcher;
}

/**
 * The attempts in memory. They are read from the database when first needed (by a page, or by news of their sandbox)
 * and dropped when nobody has needed them for a while, so a restart of this process needs no ceremony.
 */
export class AttemptRegistry {
  readonly #deps: AttemptDeps;
  readonly #open = new Map<string, Promise<OpenAttempt>>();
  readonly #usedAt = new Map<string, number>();
  /** Which attempt a sandbox belongs to, as /watch told. */
  readonly #owners = new Map<string, string>();
  readonly #eviction: NodeJS.Timeout;
  readonly #keeper: QueueKeeper;

  constructor(deps: AttemptDeps) {
    this.#deps = deps;
    this.#eviction = setInterval(() => this.#evict(), attemptLimits.touchMs);
    this.#eviction.unref();
    this.#keeper = new QueueKeeper(deps, async () =>
      (await Promise.allSettled(this.#open.values())).flatMap(one =>
        one.status === 'fulfilled' ? one.value.live : [],
      ),
    );
  }

  async get(id: string): Promise<OpenAttempt> {
    this.#usedAt.set(id, this.#deps.now());
    let opening = this.#open.get(id);
    if (!opening) {
      opening = this.#load(id);
      this.#open.set(id, opening);
      opening.catch(() => this.#open.delete(id));
    }
    return opening;
  }

  /** News of this sandbox is for this attempt. */
  own(sandboxId: string, attemptId: string): void {
    this.#owners.set(sandboxId, attemptId);
  }

  onWatch(message: WatchMessage): void {
    if (message.type === 'hello') this.#onHello(message.sandboxes);
    else if (message.type === 'sandbox') this.#onSandbox(message.sandbox);
    else if (message.type === 'queue') this.#onQueue(message);
    else if (message.type === 'fence') this.#onFence(message);
    else if (message.type === 'changed')
      this.#withOwner(message.sandboxId, ({ live, watcher }) => {
        live.noticedAt ??= message.at;
        watcher.notice();
      });
  }

  /** sandboxd came or went: pages say so, and look again when it is back. */
  onReachable(reachable: boolean): void {
    for (const [id, opening] of this.#open) {
      this.#handle(id, opening, ({ live, watcher }) => {
        publishSandbox(this.#deps, live);
        if (reachable) watcher.notice();
      });
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#eviction);
    this.#keeper.stop();
    const all = await Promise.allSettled(this.#open.values());
    await Promise.all(all.map(one => (one.status === 'fulfilled' ? one.value.watcher.stop() : undefined)));
    this.#open.clear();
  }

  async #load(id: string): Promise<OpenAttempt> {
    const live = await loadAttempt(this.#deps.db, id);
    if (live.record.sandboxId) this.#owners.set(live.record.sandboxId, id);
    await findSandbox(this.#deps, live);
    return { live, watcher: new AttemptWatcher(this.#deps, live) };
  }

  /** After a silence: whatever was missed is in here. Attempts in memory whose sandbox is not listed ask for its record. */
  #onHello(sandboxes: Sandbox[]): void {
    const alive = new Set(sandboxes.map(sandbox => sandbox.id));
    for (const sandbox of sandboxes) this.#onSandbox(sandbox);
    for (const [id, opening] of this.#open) {
      this.#handle(id, opening, async ({ live, watcher }) => {
        if (!live.record.sandboxId || !alive.has(live.record.sandboxId)) await findSandbox(this.#deps, live);
        // sandboxd forgets our wish for process changes when it restarts.
        live.processesWatchedUntil = 0;
        watcher.notice();
      });
    }
  }

  #onSandbox(sandbox: Sandbox): void {
    if (!sandbox.attemptId) return;
    this.#owners.set(sandbox.id, sandbox.attemptId);
    if (sandbox.state === 'ended') this.#owners.delete(sandbox.id);
    const opening = this.#open.get(sandbox.attemptId);
    if (!opening) return;
    this.#handle(sandbox.attemptId, opening, ({ live, watcher }) => {
      // News of a sandbox that was replaced meanwhile is no news of ours.
      if (live.record.sandboxId === sandbox.id) {
        const slept = (live.sandbox?.suspendedAt ?? null) !== null;
        adoptSandbox(this.#deps, live, sandbox);
        if (slept && sandbox.suspendedAt === null) watcher.notice();
      } else if (isLiving(sandbox)) return live.queue.run(() => this.#given(live, watcher, sandbox));
    });
  }

  /** A place in the queue became a sandbox; the claim that asked for it may have told us already. */
  async #given(live: LiveAttempt, watcher: AttemptWatcher, sandbox: Sandbox): Promise<void> {
    if (live.record.sandboxId === sandbox.id || isLiving(live.sandbox)) return;
    // Handed over while its learner finished: nobody would ever use it.
    if (live.record.status !== 'active') {
      await this.#deps.sandboxd.call('sandbox.end', { sandboxId: sandbox.id, reason: 'finished' });
      return;
    }
    await takeSandbox(this.#deps, live, sandbox);
    await beginSandbox(this.#deps, this, live, watcher);
  }

  #onQueue({ tickets, failed }: Extract<WatchMessage, { type: 'queue' }>): void {
    const places = new Map(tickets.map(ticket => [ticket.attemptId, ticket]));
    for (const [id, opening] of this.#open) {
      this.#handle(id, opening, ({ live, watcher }) =>
        // In its turn: that it left the queue because it got its sandbox may be under way still.
        live.queue.run(async () => {
          // Only who is known to wait: news from before somebody left the queue may come after it.
          if (!live.ticket) return;
          const failure = failed.find(one => one.attemptId === live.id);
          if (failure) return adoptTicket(this.#deps, live, null, whyNone(live, failure.code));
          const ticket = places.get(live.id);
          if (ticket) return adoptTicket(this.#deps, live, ticket, null);
          // Or the news are from before it joined: the answer to its claim took another way and may be faster.
          const now = await this.#deps.sandboxd.call('sandbox.of-attempt', { attemptId: live.id });
          if (now.sandbox) return this.#given(live, watcher, now.sandbox);
          adoptTicket(this.#deps, live, now.ticket, now.ticket ? null : whyNone(live, undefined));
        }),
      );
    }
  }

  #onFence({ type: _, ...action }: Extract<WatchMessage, { type: 'fence' }>): void {
    this.#withOwner(action.sandboxId, ({ live }) => {
      if (live.sandbox?.id !== action.sandboxId) return;
      live.fences.add(action);
      live.publish({ type: 'fences', fences: live.fences.of(action.sandboxId, this.#deps.now()) });
    });
  }

  #withOwner(sandboxId: string, use: (open: OpenAttempt) => void): void {
    const attemptId = this.#owners.get(sandboxId);
    if (attemptId) this.#handle(attemptId, this.get(attemptId), use);
  }

  #handle(attempt: string, opening: Promise<OpenAttempt>, use: (open: OpenAttempt) => void | Promise<void>): void {
    opening
      .then(use)
      .catch(error => this.#deps.log.warn({ err: error, attempt }, 'news of a sandbox could not be handled'));
  }

  #evict(): void {
    const before = this.#deps.now() - attemptLimits.forgetAfterMs;
    for (const [id, opening] of this.#open) {
      if ((this.#usedAt.get(id) ?? 0) > before) continue;
      this.#handle(id, opening, async ({ live, watcher }) => {
        if (live.watched) return;
        this.#open.delete(id);
        this.#usedAt.delete(id);
        await watcher.stop();
      });
    }
  }
}
