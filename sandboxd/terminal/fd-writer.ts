import fs from 'node:fs';

/** How long to wait before trying again when the terminal takes no more input. */
const retryMs = { first: 1, last: 32 } as const;

/**
 * Writes to a non-blocking file descriptor at once and in order, and keeps what the kernel does not take.
 * (A tty stream of Node's writes blockingly to a pty master: a program that does not read would stop the process.)
 */
export class FdWriter {
  readonly #fd: number;
  #queue: Uint8Array[] = [];
  #waiting = 0;
  #retry: NodeJS.Timeout | null = null;
  #delay: number = retryMs.first;
  #onDrain: (waiting: number) => void = () => {};
  #closed = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  onDrain(listener: (waiting: number) => void): void {
    this.#onDrain = listener;
  }

  /** Returns how many bytes wait. */
  write(bytes: Uint8Array): number {
    if (this.#closed || bytes.length === 0) return this.#waiting;
    this.#queue.push(bytes);
    this.#waiting += bytes.length;
    if (!this.#retry) this.#flush();
    return this.#waiting;
  }

  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#waiting = 0;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
  }

  #flush(): void {
    let took = 0;
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const written = this.#tryWrite(head);
      took += written;
      this.#waiting -= written;
      if (written === head.length) this.#queue.shift();
      else {
        this.#queue[0] = head.subarray(written);
        break;
      }
    }
    this.#delay = took > 0 ? retryMs.first : Math.min(this.#delay * 2, retryMs.last);
    if (this.#waiting > 0) {
      this.#retry = setTimeout(() => {
        this.#retry = null;
        this.#flush();
        if (!this.#closed) this.#onDrain(this.#waiting);
      }, this.#delay);
    }
  }

  #tryWrite(bytes: Uint8Array): number {
    try {
      return fs.writeSync(this.#fd, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      // EIO, EBADF: the shell is gone; its exit is reported by the reading side.
      return bytes.length;
    }
  }
}
