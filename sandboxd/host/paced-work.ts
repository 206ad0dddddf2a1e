import { setImmediate as othersTurn, setTimeout as pause } from 'node:timers/promises';
import { hostLimits } from './host-limits.ts';

/** Called between steps of a long work; waits now and then. */
export type Breathe = () => Promise<void> | undefined;

/**
 * Long synchronous work about one sandbox, in short pieces and within a share of the time: whatever a learner puts into
 * his sandbox, others' keystrokes and looks wait no longer than a piece. One work at a time, in the order of asking.
 */
export interface PacedWork {
  run<T>(work: (breathe: Breathe) => Promise<T>): Promise<T>;
}

/** Processor time of this thread so far: what others take of a busy machine is nobody's work here. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** `now` and `worked`: clocks in milliseconds, of the time that passes and of the work that is done. */
export function createPacedWork(options: { now?: () => number; worked?: () => number } = {}): PacedWork {
  const { now = () => performance.now(), worked = threadMs } = options;
  const { pieceMs, inARow, restMs, share, burstMs } = hostLimits.work;
  /** Milliseconds of work that may be done at once. */
  let credit: number = burstMs;
  let creditedAt = now();
  let last: Promise<unknown> = Promise.resolve();

  async function turn<T>(work: (breathe: Breathe) => Promise<T>): Promise<T> {
    credit = Math.min(burstMs, credit + (now() - creditedAt) * share);
    creditedAt = now();
    if (credit < 0) await pause(-credit / share);
    let [since, from, pieces] = [now(), worked(), 0];
    const spent = () => {
      credit -= worked() - from;
    };
    const breathe = () => {
      if (now() - since < pieceMs) return undefined;
      spent();
      // A key meets one piece of a long work then, not a row of them.
      return (++pieces < inARow ? othersTurn() : pause(restMs)).then(() => {
        [since, from] = [now(), worked()];
      });
    };
    try {
      return await work(breathe);
    } finally {
      spent();
    }
  }

  return {
    run(work) {
      const result = last.then(() => turn(work));
      last = result.catch(() => {});
      return result;
    },
  };
}
