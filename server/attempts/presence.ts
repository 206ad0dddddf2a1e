import type { AttemptWatcher } from './attempt-watcher.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** One page of an attempt: counts among those that somebody sees, until it says otherwise. Only the learner's own count. */
export function createPresence(
  live: LiveAttempt,
  watcher: Pick<AttemptWatcher, 'seen'>,
  own: boolean,
): { set(visible: boolean): void } {
  let visible = false;
  function set(next: boolean): void {
    if (!own || next === visible) return;
    visible = next;
    live.visiblePages += next ? 1 : -1;
    // Whoever comes back finds the sandbox awake before the first key.
    if (next) watcher.seen();
  }
  set(true);
  return { set };
}
