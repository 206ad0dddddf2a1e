import { terminalLimits } from '#domain/protocol/terminal-frames.ts';

/**
 * When pending output goes out: a keystroke's echo at once, a flood in large pieces.
 * A pure timer would cost every echo its delay; no gathering would cost a flood a frame per 4 KB read.
 */
export class FlushRule {
  #lastBig = Number.NEGATIVE_INFINITY;

  /** `pending`: bytes that wait; `now`: milliseconds of a monotonic clock. */
  decide(pending: number, now: number): 'now' | 'gather' {
    if (pending >= terminalLimits.gatherBytes) return 'now';
    return pending < terminalLimits.immediateBelow && now - this.#lastBig > terminalLimits.floodMs ? 'now' : 'gather';
  }

  /** Tell it what went out. */
  flushed(bytes: number, now: number): void {
    if (bytes >= terminalLimits.immediateBelow) this.#lastBig = now;
  }
}
