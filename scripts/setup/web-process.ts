import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.ts';
import { Refusal } from './refusal.ts';

const READY_MS = 60_000;
const RESTART_AFTER_MS = 500;
/** A process that dies this often within the window will not be helped by starting it again. */
const GIVE_UP = { deaths: 5, withinMs: 30_000 };
const STOP_MS = 8_000;

/**
 * Node's arguments for the web process. One helper thread of V8's: with its usual four, collecting and compiling take both
 * processors of a small machine at once, and keys on their way to a terminal wait.
 */
export const webProgram = ['--v8-pool-size=1', join(root, 'server/main.ts')];

/** The web process, started again when it dies. What it says goes into a file. */
export class WebProcess {
  #child: ChildProcess | null = null;
  #stopping = false;
  #deaths: number[] = [];
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: string;
  readonly #onGiveUp: () => void;

  constructor(env: NodeJS.ProcessEnv, log: string, onGiveUp: () => void) {
    this.#env = env;
    this.#log = log;
    this.#onGiveUp = onGiveUp;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const log = openSync(this.#log, 'a');
    const child = spawn(process.execPath, webProgram, {
      cwd: root,
      env: this.#env,
      // A session of its own: its place for the processor is not that of the terminal it was started from.
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    child.on('exit', (code, signal) => {
      if (this.#stopping) return;
      const now = Date.now();
      this.#deaths = [...this.#deaths.filter(at => at > now - GIVE_UP.withinMs), now];
      if (this.#deaths.length >= GIVE_UP.deaths) {
        this.#onGiveUp();
        return;
      }
      console.error(`The web process ended (${signal ?? `code ${code}`}); starting it again.`);
      setTimeout(() => {
        if (!this.#stopping) this.start();
      }, RESTART_AFTER_MS);
    });
  }

  async untilReady(url: string): Promise<void> {
    const until = Date.now() + READY_MS;
    while (Date.now() < until) {
      const answer = await fetch(`${url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await sleep(150);
    }
    throw new Refusal(
      `The web process did not answer on ${url} within a minute.`,
      `What it said: ${this.#log}. \`npm run doctor\` looks at the rest.`,
    );
  }

  /** Asks it to stop, then insists. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(insist);
  }
}
