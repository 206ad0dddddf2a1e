import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptView, TaskState } from '#domain/attempt/attempt.ts';
import type { Lab } from '#domain/lab/lab.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import { LineDriver } from '#tests/bench/support/line-driver.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { classLimits } from './class-limits.ts';
import { type Kept, nothingKept } from './kept.ts';

/** A learner of the scripted class: by HTTP and WebSocket as the page does it, remembering what it was told is done. */
export class Learner {
  readonly name: string;
  readonly lab: Lab;
  readonly kept: Kept = nothingKept();
  /** How often a fresh sandbox was asked for, with or without an answer. */
  resets = 0;
  readonly #guest: Guest;
  #attempt = '';
  #terminal: { id: string; driver: LineDriver } | null = null;
  #marks = 0;

  private constructor(name: string, lab: Lab, guest: Guest) {
    this.name = name;
    this.lab = lab;
    this.#guest = guest;
  }

  static async arrive(name: string, lab: Lab, url: string): Promise<Learner> {
    const learner = new Learner(name, lab, await Guest.arrive(url));
    const { course, slug } = lab;
    learner.#attempt = (await learner.#guest.post<AttemptView>('/api/v1/attempts', { course, lab: slug })).id;
    await learner.haveSandbox();
    await learner.haveTerminal();
    return learner;
  }

  get attemptId(): string {
    return this.#attempt;
  }

  look(): Promise<AttemptView> {
    return this.#guest.get(this.#path(''));
  }

  /** The living sandbox's id; starts one where there is none, and waits while it is queued. */
  async haveSandbox(): Promise<string> {
    const living = async () => {
      const { sandbox } = await this.look();
      return sandbox?.state === 'ready' ? sandbox.id : null;
    };
    const present = await living();
    if (present) return present;
    await this.#guest.post(this.#path('/sandbox/start'), {});
    await waitUntil(`${this.name}: a sandbox`, living, classLimits.recoveredMs);
    return (await living()) ?? '';
  }

  /** A terminal whose shell lives, attached; the one that was there when it still is. */
  async haveTerminal(): Promise<LineDriver> {
    const open = await this.#guest.get<TerminalInfo[]>(this.#path('/terminals'));
    const living = open.filter(one => one.exit === null);
    if (this.#terminal && living.some(one => one.id === this.#terminal?.id)) return this.#terminal.driver;
    await this.#terminal?.driver.line.close();
    this.#terminal = null;
    const { id } = living[0] ?? (await this.#guest.openTerminal(this.#attempt));
    const driver = new LineDriver(attachLine(this.#guest, this.#attempt, id));
    this.#terminal = { id, driver };
    return driver;
  }

  async openStep(slug: string): Promise<void> {
    await this.#guest.post(this.#path(`/steps/${slug}`), {});
    this.kept.steps.add(slug);
  }

  async answer(question: string, value: number[]): Promise<void> {
    await this.#guest.post(this.#path(`/questions/${question}`), { value });
    this.kept.answers.set(question, value);
  }

  /** A line in a file of the sandbox; done only when the shell has said so. */
  async leaveMark(): Promise<void> {
    const sandbox = await this.haveSandbox();
    const driver = await this.haveTerminal();
    const mark = `mark-${++this.#marks}`;
    driver.forget();
    // The quotes keep the echo of what is typed apart from what is printed.
    driver.write(`echo ${mark} >>~/marks && echo "written-""${mark}"\r`);
    await driver.until(new RegExp(`written-${mark}\\b`), classLimits.echoMs);
    if (this.kept.marks.sandbox !== sandbox) this.kept.marks = { sandbox, lines: [] };
    this.kept.marks.lines.push(mark);
  }

  /** Types a task's solution and presses "Check now" until it is green. */
  async solve(task: string, solution: string): Promise<void> {
    const driver = await this.haveTerminal();
    for (const line of solution.trim().split('\n')) driver.write(`${line}\r`);
    for (let tries = 0; tries < 4; tries++) {
      await sleep(500);
      const { state } = await this.#guest.post<TaskState>(this.#path(`/tasks/${task}/check`), {});
      if (state !== 'passed') continue;
      this.kept.passed.add(task);
      return;
    }
  }

  /** A fresh sandbox; what lay in the old one is given up from the moment of asking. */
  async reset(): Promise<void> {
    this.resets++;
    this.kept.marks = { sandbox: '', lines: [] };
    await this.#guest.post(this.#path('/sandbox/reset'), {});
  }

  /** Of the marks that were written, those that the sandbox does not hold any more, as its shell says. */
  async missingMarks(): Promise<string[]> {
    const driver = await this.haveTerminal();
    const marks = this.kept.marks.lines.slice(-classLimits.marksRead);
    const token = `read-${++this.#marks}`;
    driver.forget();
    driver.write(`m=; for l in ${marks.join(' ')}; do grep -qx $l ~/marks || m="$m $l"; done\r`);
    // The quotes keep the echo of what is typed apart from what is printed.
    driver.write(`echo "<""${token}$m ${token}"">"\r`);
    const answer = new RegExp(`<${token}([^<>]*)${token}>`);
    await driver.until(answer);
    return (answer.exec(driver.tail)?.[1] ?? '').split(/\s+/).filter(word => word !== '');
  }

  async leave(): Promise<void> {
    await this.#terminal?.driver.line.close();
    await this.#guest.post(this.#path('/sandbox/end'), {});
  }

  #path(rest: string): string {
    return `/api/v1/attempts/${this.#attempt}${rest}`;
  }
}
