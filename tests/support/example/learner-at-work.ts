import { setTimeout as pause } from 'node:timers/promises';
import type { APIRequestContext } from 'playwright-core';
import type { AttemptView, TaskState } from '#domain/attempt/attempt.ts';
import type { Lab, Step } from '#domain/lab/lab.ts';
import type { Belowdeck } from '../belowdeck.ts';
import { waitUntil } from '../wait-until.ts';

/** Between two looks: an account may ask for sixty a minute. */
const PAUSE_MS = 500;

/** Does labs for a learner of the example: real commands in a real sandbox, without a browser. */
export class LearnerAtWork {
  readonly #belowdeck: Belowdeck;
  readonly #request: APIRequestContext;
  readonly #lab: Lab;
  #attempt = '';
  #sandbox = '';

  constructor(belowdeck: Belowdeck, request: APIRequestContext, lab: Lab) {
    this.#belowdeck = belowdeck;
    this.#request = request;
    this.#lab = lab;
  }

  get attemptId(): string {
    return this.#attempt;
  }

  async begin(): Promise<this> {
    const { course, slug: lab } = this.#lab;
    this.#attempt = ((await this.#post('', { course, lab })) as AttemptView).id;
    await this.#post(`/${this.#attempt}/sandbox/start`);
    // Starting may mean to wait in line.
    const given = async () => {
      const { sandbox } = (await this.#ask(`/${this.#attempt}`)) as AttemptView;
      return sandbox?.state === 'ready' ? sandbox.id : pause(PAUSE_MS, '');
    };
    this.#sandbox = await waitUntil(`a sandbox for ${this.#lab.slug}`, given, 60_000);
    return this;
  }

  /** Opens a step and answers what can be answered without looking. */
  async open(slug: string): Promise<Step> {
    const step = this.#lab.steps.find(one => one.slug === slug);
    if (!step) throw new Error(`${this.#lab.slug} has no step ${slug}`);
    await this.act(`steps/${slug}`);
    for (const question of step.questions) {
      if (question.kind !== 'single' && question.kind !== 'multiple') continue;
      const value = question.choices.flatMap((choice, index) => (choice.correct ? [index] : []));
      await this.act(`questions/${question.id}`, { value });
    }
    return step;
  }

  /** Types something, as the learner. */
  async type(script: string): Promise<void> {
    await this.#belowdeck.host.asLearner(this.#sandbox, script, { mayFail: true, timeoutMs: 60_000 });
  }

  async check(task: string): Promise<TaskState> {
    return (await this.act(`tasks/${task}/check`)) as TaskState;
  }

  /** The whole step, as its author solves it. */
  async solve(slug: string): Promise<void> {
    for (const task of (await this.open(slug)).tasks) {
      await this.type(task.solution);
      // A daemon that was restarted takes its time.
      const passed = async () => (await this.check(task.id)).state === 'passed' || (await pause(PAUSE_MS));
      await waitUntil(`${task.id} to be passed`, passed, 30_000);
    }
  }

  /** Any deed of the attempt's API. */
  act(path: string, body?: unknown): Promise<unknown> {
    return this.#post(`/${this.#attempt}/${path}`, body);
  }

  #post(path: string, data: unknown = {}): Promise<unknown> {
    return this.#ask(path, { method: 'POST', data });
  }

  async #ask(path: string, how?: { method: string; data: unknown }): Promise<unknown> {
    const { url } = this.#belowdeck;
    const response = await this.#request.fetch(`${url}/api/v1/attempts${path}`, { headers: { origin: url }, ...how });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return response.json();
  }
}
