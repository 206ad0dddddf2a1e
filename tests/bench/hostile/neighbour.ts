import type { TaskState } from '#domain/attempt/attempt.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { type LineDriver, prompt, promptOf } from '#tests/bench/support/line-driver.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import { typeKeys } from '#tests/bench/terminal/measure-echo.ts';
import { type LearnerAtStep, learnerAtStep } from './learner-at-step.ts';

const TASK = 'run-web';

/** What a learner felt during some seconds, in milliseconds. */
export interface Felt {
  /** A key sent to its echo received. */
  echo: number[];
  /** The sandbox's own daemon says that the container changed, to the task's new state received by the page. */
  check: number[];
}

/** A learner who works beside somebody hostile: types, and pauses and unpauses the container that a task asks for. */
export class Neighbour {
  readonly #learner: LearnerAtStep;
  readonly #keys: LineDriver;
  readonly #shell: LineDriver;
  readonly #sandboxd: SandboxdClient;
  #awaited: { state: TaskState['state']; seen: (at: number) => void } | null = null;
  #paused = false;
  #eventsSeen = 0;

  private constructor(learner: LearnerAtStep, keys: LineDriver, shell: LineDriver, sandboxd: SandboxdClient) {
    this.#learner = learner;
    this.#keys = keys;
    this.#shell = shell;
    this.#sandboxd = sandboxd;
    learner.onMessage((message, at) => {
      if (message.type !== 'task' || message.task.task !== TASK) return;
      if (message.task.state === this.#awaited?.state) this.#awaited.seen(at);
    });
  }

  static async arrive(url: string, sandboxd: SandboxdClient): Promise<Neighbour> {
    const learner = await learnerAtStep(url, 'process-tree', 'after');
    const line = async () => {
      const { id } = await learner.guest.openTerminal(learner.attempt);
      return promptOf(Promise.resolve(attachLine(learner.guest, learner.attempt, id)));
    };
    const neighbour = new Neighbour(learner, await line(), await line(), sandboxd);
    neighbour.#keys.write('cat >/dev/null\r');
    await neighbour.#keys.until(/null\r\n/);
    await neighbour.#command('docker run -d --name web nginx', 'passed');
    await neighbour.work(benchLimits.restMs);
    return neighbour;
  }

  get sandbox(): string {
    return this.#learner.sandbox;
  }

  /** Works for so long and tells how it felt. */
  async work(forMs: number): Promise<Felt> {
    const until = performance.now() + forMs;
    const echo: number[] = [];
    const seen: number[] = [];
    while (performance.now() < until) {
      seen.push(await this.#toggle());
      const next = performance.now() + benchLimits.betweenCommandsMs;
      while (performance.now() < next)
        echo.push(...(await typeKeys(this.#keys, benchLimits.keysAtOnce, benchLimits.learnerKeysMs)));
    }
    const happened = await this.#changes();
    if (happened.length !== seen.length)
      throw new Error(`${seen.length} commands, but the daemon tells of ${happened.length} changes`);
    return { echo, check: seen.map((at, index) => at - (happened[index] ?? at)) };
  }

  async leave(): Promise<void> {
    await this.#keys.line.close();
    await this.#shell.line.close();
    await this.#learner.close();
  }

  #toggle(): Promise<number> {
    this.#paused = !this.#paused;
    return this.#command(`docker ${this.#paused ? 'pause' : 'unpause'} web`, this.#paused ? 'undone' : 'passed');
  }

  /** Types a command; resolves with the moment at which the task's state was told, once the prompt is back too. */
  async #command(command: string, state: TaskState['state']): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const told = new Promise<number>((seen, fail) => {
      this.#awaited = { state, seen };
      const late = new Error(`the task is not ${state} after ${benchLimits.patienceMs} ms (${command})`);
      timer = setTimeout(() => fail(late), benchLimits.patienceMs);
    });
    this.#shell.forget();
    this.#shell.write(`${command} >/dev/null\r`);
    try {
      await this.#shell.until(/null\r\n/);
      const [at] = await Promise.all([told, this.#shell.until(prompt)]);
      return at;
    } finally {
      clearTimeout(timer);
      this.#awaited = null;
    }
  }

  /** When the container was paused or unpaused since the last time, as the sandbox's daemon tells it. */
  async #changes(): Promise<number[]> {
    const needs = { eventsAfter: this.#eventsSeen };
    const facts = await this.#sandboxd.call('facts.get', { sandboxId: this.sandbox, needs });
    this.#eventsSeen = facts.events?.at(-1)?.seq ?? this.#eventsSeen;
    return (facts.events ?? []).filter(event => /^(un)?pause$/.test(event.action)).map(event => event.at);
  }
}
