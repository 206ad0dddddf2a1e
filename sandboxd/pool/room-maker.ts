import type { Room } from './capacity.ts';
import { poolLimits } from './pool-limits.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/**
 * Waiting sandboxes give way to a learner who needs one of another kind: as few as it takes, and none when all of them would
 * not do. True when there is room now, besides that of the `before` who stand in front: a place is free at once, but memory only when they are gone, and then room is asked
 * for again.
 */
export function createRoomMaker(options: {
  registry: Pick<SandboxRegistry, 'all'>;
  ending: SandboxEnding;
  room: () => Room;
  /** Those that wait, the longest first. */
  waiting: () => SandboxRecord[];
  now: () => number;
}): (before: number) => boolean {
  const { registry, ending, room, now } = options;

  /** One is on its way out, and what it leaves may do. Not counted for ever: a removal may get stuck. */
  const memoryComesBack = () =>
    registry
      .all()
      .some(({ sandbox: { state, ended } }) => state === 'stopping' && now() < (ended?.at ?? 0) + poolLimits.removalMs);

  return before => {
    const { byNumber, byMemory } = room().missing;
    if (byMemory > 0 && memoryComesBack()) return false;
    const waiting = options.waiting();
    const needed = Math.max(byNumber, byMemory);
    if (needed > waiting.length) return false;
    for (const { sandbox } of waiting.slice(0, needed))
      void ending.end(sandbox.id, 'replaced', 'a learner needs its place').catch(() => {});
    return room().places > before;
  };
}
