import type { Page } from 'playwright-core';
import { decodeServerFrame } from '#domain/protocol/terminal-frames.ts';

const COMMAND_MS = 30_000;

/** Where keys go: the shown tab's. */
const INPUT = '[role=tabpanel]:not([hidden]) .xterm-helper-textarea';

/** Types into the page's terminal like a person, and reads what came back from the wire (the screen is a canvas). */
export class TerminalDriver {
  readonly #page: Page;
  #output = '';
  #commands = 0;

  /** Make it before the page opens its terminal: it listens to the WebSockets from then on. */
  constructor(page: Page) {
    this.#page = page;
    page.on('websocket', socket => {
      if (!socket.url().includes('/ws/terminal/')) return;
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload === 'string') return;
        const frame = decodeServerFrame(payload);
        if (frame?.kind === 'output') this.#output += Buffer.from(frame.bytes).toString('utf8');
      });
    });
  }

  /** All that the terminal printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Resolves once the terminal shows a prompt. */
  async ready(): Promise<void> {
    await this.#page.locator(INPUT).waitFor({ state: 'attached', timeout: COMMAND_MS });
    await this.#until(() => this.#output.includes('$ '), 'a prompt');
  }

  /** Resolves once the shown terminal is connected, and says so. */
  async live(timeout = COMMAND_MS): Promise<void> {
    await this.#page.getByRole('region', { name: 'Terminals' }).getByText('Live', { exact: true }).waitFor({ timeout });
  }

  /** Waits for output after `from` (a length of `output`); answers the match. */
  async until(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    let match: RegExpExecArray | null = null;
    await this.#until(() => {
      match = pattern.exec(this.#output.slice(from));
      return match !== null;
    }, String(pattern));
    return match as unknown as RegExpExecArray;
  }

  /** Types one or more lines, each ended by Enter. */
  async type(lines: string): Promise<void> {
    await this.#page.locator(INPUT).focus();
    // xterm.js waits for the end of a key that took the focus away, and takes inserted text for that key's.
    await this.#page.keyboard.press('Shift');
    for (const line of lines.split('\n')) {
      await this.#page.keyboard.insertText(line);
      await this.#page.keyboard.press('Enter');
    }
  }

  /** Types a command, waits until it has ended, and answers what it printed. */
  async run(command: string): Promise<string> {
    this.#commands += 1;
    const [begin, end] = [`<begin-${this.#commands}>`, `<end-${this.#commands}>`];
    // The quotes keep the echo of what is typed apart from what is printed.
    await this.type(`echo "<""begin-${this.#commands}>"; ${command}; echo "<""end-${this.#commands}>"`);
    await this.#until(() => this.#output.includes(end), `the end of: ${command}`);
    const from = this.#output.lastIndexOf(begin) + begin.length;
    return this.#output.slice(from, this.#output.lastIndexOf(end)).replaceAll('\r', '').trim();
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + COMMAND_MS;
    while (!holds()) {
      if (Date.now() > deadline)
        throw new Error(`The terminal did not show ${what}. Its last words:\n${this.#output.slice(-1500)}`);
      await this.#page.waitForTimeout(30);
    }
  }
}
