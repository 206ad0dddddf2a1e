import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { benchLimits } from './bench-limits.ts';

/** Somebody who tries a lab, by HTTP as the page does it. */
export class Guest {
  readonly url: string;
  readonly headers: Record<string, string>;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.headers = { cookie, origin: url };
  }

  static async arrive(url: string): Promise<Guest> {
    const response = await signIn(url);
    if (!response.ok) throw new Error(`no guest: ${response.status} ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map(cookie => cookie.split(';')[0]);
    return new Guest(url, cookies.join('; '));
  }

  /** Somebody whose cookies are known. */
  static known(url: string, cookie: string): Guest {
    return new Guest(url, cookie);
  }

  /** A new attempt with its sandbox, and its terminals so far. */
  async begin(course: string, lab: string): Promise<{ attempt: string; sandbox: string; terminals: TerminalInfo[] }> {
    const { id } = await this.post<AttemptView>('/api/v1/attempts', { course, lab });
    const sandbox = await this.startSandbox(id);
    const terminals = await this.get<TerminalInfo[]>(`/api/v1/attempts/${id}/terminals`);
    return { attempt: id, sandbox, terminals };
  }

  /** The attempt's sandbox, also when it has to be waited for. */
  async startSandbox(attempt: string): Promise<string> {
    const answer = await this.post<StartAnswer>(`/api/v1/attempts/${attempt}/sandbox/start`, {});
    if (answer.elsewhere.length > 0) throw new Error('another attempt has the sandbox');
    let { sandbox } = answer;
    const until = performance.now() + benchLimits.classPatienceMs;
    while (sandbox?.state !== 'ready') {
      if (performance.now() > until) throw new Error('no sandbox in time');
      await sleep(100);
      ({ sandbox } = await this.get<AttemptView>(`/api/v1/attempts/${attempt}`));
    }
    return sandbox.id;
  }

  openTerminal(attempt: string): Promise<TerminalInfo> {
    return this.post(`/api/v1/attempts/${attempt}/terminals`, { cols: 120, rows: 40 });
  }

  terminalUrl(attempt: string, terminal: string): string {
    return `${this.url.replace(/^http/, 'ws')}/ws/terminal/${attempt}/${terminal}`;
  }

  post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  get<T>(path: string): Promise<T> {
    return this.#ask(path, {});
  }

  /** A page as HTML, after all redirects. */
  async page(path: string): Promise<string> {
    const response = await fetch(this.url + path, { headers: this.headers });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  }

  async remove(path: string): Promise<void> {
    await this.#ask(path, { method: 'DELETE' });
  }

  async #ask<T>(path: string, init: RequestInit): Promise<T> {
    const response = await fetch(this.url + path, { ...init, headers: { ...init.headers, ...this.headers } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

function signIn(url: string): Promise<Response> {
  return fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{}',
  });
}
