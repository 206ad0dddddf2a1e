import { benchLimits } from './bench-limits.ts';
import type { Line } from './line.ts';

const TAIL = 400;

/** A prompt that waits for input; escape sequences may follow it. */
export const prompt = /[$#] (?:\x1b\[[\d;?]*[a-zA-Z]|\x1b\][^\x07]*\x07)*$/;

/** Drives a line and tells, to the microsecond, when something was shown. */
export class LineDriver {
  readonly line: Line;
  /** Bytes shown so far. */
  bytes = 0;
  #tail = '';
  #waiting: { pattern: RegExp; seen: (at: number) => void } | null = null;

  constructor(line: Line) {
    this.line = line;
    line.onData(bytes => this.#show(bytes));
  }

  /** The end of what was shown since `forget`. */
  get tail(): string {
    return this.#tail;
  }

  write(text: string): void {
    this.line.write(text);
  }

  /** Forgets what was shown, so that `until` sees only what comes. */
  forget(): void {
    this.#tail = '';
  }

  /** When (performance.now) the end of what is shown matched. */
  async until(pattern: RegExp, patienceMs: number = benchLimits.patienceMs): Promise<number> {
    if (pattern.test(this.#tail)) return performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<number>((seen, fail) => {
        this.#waiting = { pattern, seen };
        timer = setTimeout(
          () => fail(new Error(`no ${pattern} after ${patienceMs} ms; last: ${JSON.stringify(this.#tail)}`)),
          patienceMs,
        );
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = null;
    }
  }

  #show(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.#tail = (this.#tail + Buffer.from(bytes.subarray(-TAIL)).toString('latin1')).slice(-TAIL);
    if (this.#waiting?.pattern.test(this.#tail)) this.#waiting.seen(performance.now());
  }
}

/** A fresh shell of a contender, at its prompt. */
export async function promptOf(line: Promise<Line>): Promise<LineDriver> {
  const driver = new LineDriver(await line);
  await driver.until(prompt);
  return driver;
}
