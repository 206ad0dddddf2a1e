import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import { CoalescingRunner } from './coalescing-runner.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** Keeps the pages of one attempt told which ports its sandbox has open. Apart from the looks at tasks: it delays none. */
export function createPortWatch(deps: AttemptDeps, live: LiveAttempt, onError: (error: unknown) => void) {
  const runner = new CoalescingRunner({
    run: () => look().then(() => 1),
    debounceMs: attemptLimits.portsDebounceMs,
    burst: attemptLimits.portsBurst,
    refillMs: attemptLimits.portsRefillMs,
    onError,
  });

  async function look(): Promise<void> {
    const { sandbox } = live;
    // Nobody would see it; and what sleeps is not woken for it.
    if (!live.watched || !isLiving(sandbox) || sandbox.suspendedAt !== null || !deps.sandboxd.reachable) return;
    const ports = await deps.sandboxd.call('sandbox.ports', { sandboxId: sandbox.id });
    const news = { sandboxId: sandbox.id, ports };
    if (JSON.stringify(news) === JSON.stringify(live.ports)) return;
    live.ports = news;
    live.publish({ type: 'ports', ...news });
  }

  return {
    /** Something changed, or may have. */
    notice: () => runner.request(),
    stop: () => runner.stop(),
  };
}
