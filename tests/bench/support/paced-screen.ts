import { benchLimits } from './bench-limits.ts';

/** Stands for xterm.js: shows bytes in order, at once or at the speed at which it draws. */
export class PacedScreen {
  readonly #paced: boolean;
  #listener: ((bytes: Uint8Array) => void) | null = null;
  #early: Uint8Array[] = [];
  #busyUntil = 0;

  constructor(paced: boolean) {
    this.#paced = paced;
  }

  onShown(listener: (bytes: Uint8Array) => void): void {
    this.#listener = listener;
    for (const bytes of this.#early.splice(0)) listener(bytes);
  }

  /** `drawn` is called once it is shown. */
  write(data: Uint8Array | string, drawn: () => void = () => {}): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    if (!this.#paced) {
      this.#show(bytes);
      setImmediate(drawn);
      return;
    }
    const now = performance.now();
    this.#busyUntil = Math.max(this.#busyUntil, now) + (bytes.length / 1e6) * benchLimits.drawMsPerMegabyte;
    setTimeout(() => {
      this.#show(bytes);
      drawn();
    }, this.#busyUntil - now);
  }

  resize(): void {}

  #show(bytes: Uint8Array): void {
    if (this.#listener) this.#listener(bytes);
    else this.#early.push(bytes);
  }
}
