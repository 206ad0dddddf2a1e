import { WebSocket } from 'ws';
import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import { type LineDriver, promptOf } from '#tests/bench/support/line-driver.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import { formWith } from './page-form.ts';

const PATH = '/learn/docker-engine/process-tree';

/** What one learner's start took, in milliseconds after the click. */
export interface Arrival {
  /** The lab's page has arrived whole. */
  page: number;
  /** There is a sandbox. */
  sandbox: number;
  /** A shell waits for what is typed. */
  prompt: number;
  /** Told that others are before. */
  queued: boolean;
}

/**
 * Somebody without an account, as a browser asks on their behalf: the lab's page, its form, the page that this leads to,
 * the attempt's socket, the terminal. No pictures and scripts: those are the same files for everybody.
 */
export class Visitor {
  readonly #url: string;
  #form: FormData | null = null;
  #guest: Guest | null = null;
  #attempt = '';
  #socket: WebSocket | null = null;
  #line: LineDriver | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  get guest(): Guest {
    if (!this.#guest) throw new Error('nobody is here yet');
    return this.#guest;
  }

  get attempt(): string {
    return this.#attempt;
  }

  get line(): LineDriver {
    if (!this.#line) throw new Error('there is no terminal yet');
    return this.#line;
  }

  /** Reads what the lab is about; the click comes later. */
  async visit(): Promise<void> {
    const response = await fetch(this.#url + PATH);
    if (!response.ok) throw new Error(`${PATH}: ${response.status}`);
    this.#form = formWith(await response.text(), 'lab');
  }

  /** "Try it": until a prompt. */
  async start(): Promise<Arrival> {
    const clicked = performance.now();
    const since = () => performance.now() - clicked;
    const posted = await fetch(this.#url + PATH, {
      method: 'POST',
      body: this.#form,
      headers: { origin: this.#url },
      redirect: 'manual',
    });
    const leads = posted.headers.get('location');
    if (posted.status !== 303 || !leads) throw new Error(`the form: ${posted.status} ${await posted.text()}`);
    const cookies = posted.headers.getSetCookie().map(cookie => cookie.split(';')[0]);
    const guest = Guest.known(this.#url, cookies.join('; '));
    this.#guest = guest;
    const html = await guest.page(new URL(leads, this.#url).pathname);
    const page = since();
    this.#attempt = /\\"attempt\\":\{\\"id\\":\\"([A-Za-z0-9_-]+)/.exec(html)?.[1] ?? '';
    if (!this.#attempt) throw new Error(`${leads} shows no attempt`);

    const { queued, sandboxId } = await this.#sandbox(guest);
    const sandbox = since();
    const known = knownTerminal(html, sandboxId) ?? (await this.#firstTerminal(guest));
    this.#line = await promptOf(Promise.resolve(attachLine(guest, this.#attempt, known)));
    return { page, sandbox, prompt: since(), queued };
  }

  /** Leaves the page; the sandbox stays. */
  async leave(): Promise<void> {
    this.#socket?.terminate();
    await this.#line?.line.close();
  }

  /** Waits for the sandbox as the page does: it asks by itself when it finds none and no place in the queue. */
  #sandbox(guest: Guest): Promise<{ queued: boolean; sandboxId: string }> {
    const socket = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/ws/attempt/${this.#attempt}`, {
      headers: guest.headers,
    });
    this.#socket = socket;
    let [queued, asked] = [false, false];
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no sandbox in time')), benchLimits.classPatienceMs);
      const done = (sandboxId: string) => {
        clearTimeout(timer);
        resolve({ queued, sandboxId });
      };
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      socket.once('open', () => socket.send('visible'));
      socket.on('error', fail);
      socket.on('message', data => {
        const message = JSON.parse(String(data)) as AttemptMessage;
        if (message.type !== 'sandbox') return;
        queued ||= message.ticket !== null;
        if (message.problem) return fail(new Error(message.problem));
        if (message.sandbox?.state === 'ready') return done(message.sandbox.id);
        if (message.sandbox || message.ticket || asked) return;
        asked = true;
        guest.post<StartAnswer>(`/api/v1/attempts/${this.#attempt}/sandbox/start`, {}).then(answer => {
          queued ||= answer.ticket !== null;
          if (answer.elsewhere.length > 0) fail(new Error('a sandbox is elsewhere'));
        }, fail);
      });
    });
  }

  async #firstTerminal(guest: Guest): Promise<string> {
    const list = await guest.get<TerminalInfo[]>(`/api/v1/attempts/${this.#attempt}/terminals`);
    return list[0]?.id ?? (await guest.openTerminal(this.#attempt)).id;
  }
}

/** A terminal that the page was served with, when it is this sandbox's. */
function knownTerminal(html: string, sandboxId: string): string | null {
  const known = new RegExp(
    `\\\\"sandboxId\\\\":\\\\"${sandboxId}\\\\",\\\\"list\\\\":\\[\\{\\\\"id\\\\":\\\\"([a-f0-9]{16})`,
  );
  return known.exec(html)?.[1] ?? null;
}
