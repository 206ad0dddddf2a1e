import { waitUntil } from '#tests/support/wait-until.ts';

/** A screen that keeps every byte it is given and renders at once. */
export class RecordingScreen {
  #pieces: Buffer[] = [];
  /** Sizes it was told, as "colsxrows". */
  readonly sizes: string[] = [];
  /** Milliseconds that rendering a megabyte takes; 0 is at once. */
  readonly #slowness: number;
  #busyUntil = 0;
  #kept = true;
  bytesSeen = 0;

  constructor(options: { millisecondsPerMegabyte?: number; keep?: boolean } = {}) {
    this.#slowness = options.millisecondsPerMegabyte ?? 0;
    this.#kept = options.keep ?? true;
  }

  write(data: Uint8Array | string, rendered: () => void): void {
    const bytes = Buffer.from(data as Uint8Array);
    this.bytesSeen += bytes.length;
    if (this.#kept) this.#pieces.push(bytes);
    if (this.#slowness === 0) {
      setImmediate(rendered);
      return;
    }
    this.#busyUntil = Math.max(this.#busyUntil, performance.now()) + (bytes.length / 1e6) * this.#slowness;
    setTimeout(rendered, Math.max(0, this.#busyUntil - performance.now()));
  }

  resize(cols: number, rows: number): void {
    this.sizes.push(`${cols}x${rows}`);
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** Waits until what was shown matches. */
  async until(pattern: RegExp, ms = 10_000): Promise<void> {
    try {
      await waitUntil(String(pattern), () => pattern.test(this.text), ms);
    } catch (cause) {
      throw new Error(`no ${pattern} on ${JSON.stringify(this.text.slice(-400))}`, { cause });
    }
  }
}
