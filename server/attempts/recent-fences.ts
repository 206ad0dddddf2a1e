import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import type { FenceAction } from '#domain/protocol/fence.ts';
import type { FenceName } from '#domain/protocol/fence-name.ts';

/** The last action of each fence around an attempt's sandbox, so that a page that opens later is told too. */
export class RecentFences {
  readonly #last = new Map<FenceName, FenceAction>();

  add(action: FenceAction): void {
    this.#last.set(action.fence, action);
  }

  /** Those of this sandbox that still explain something, newest first. `now`: epoch milliseconds. */
  of(sandboxId: string, now: number): FenceAction[] {
    return [...this.#last.values()]
      .filter(action => action.sandboxId === sandboxId && now - action.at < attemptLimits.fenceNewsMs)
      .sort((a, b) => b.at - a.at);
  }
}
