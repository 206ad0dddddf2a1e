import type { AttemptRecord } from '#data/attempts.ts';
import type { AttemptView, TaskState } from '#domain/attempt/attempt.ts';
import { untouchedTask } from '#domain/attempt/next-task-state.ts';
import { type KeptAnswer, toQuestionState } from '#domain/attempt/question-state.ts';
import type { Facts } from '#domain/facts/facts.ts';
import type { Lab, Question, Step, Task } from '#domain/lab/lab.ts';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { RecentFences } from './recent-fences.ts';
import { SerialQueue } from './serial-queue.ts';

export interface Baseline {
  sandboxId: string;
  facts: Facts;
}

/**
 * One attempt in memory: a copy of what the database holds, plus who listens. Whoever changes it writes the database
 * first, inside `queue`; nothing is lost when the process dies.
 */
export class LiveAttempt {
  readonly lab: Lab;
  /** Actions and looks of one attempt run one after the other. */
  readonly queue = new SerialQueue();
  readonly tasks: Map<string, TaskState>;
  readonly answers: Map<string, KeptAnswer>;
  readonly baselines: Map<string, Baseline>;
  readonly #listeners = new Set<(message: AttemptMessage) => void>();
  record: AttemptRecord;
  stepsOpened: string[];
  sandbox: Sandbox | null = null;
  /** Its place in the queue for a sandbox. */
  ticket: QueueTicket | null = null;
  /** Why no sandbox came to who waited, for people. */
  problem: string | null = null;
  /** Pages of its learner that somebody can see. */
  visiblePages = 0;
  /** Whether `sandbox` has been asked for since this was loaded. */
  sandboxKnown = false;
  /** Set while the last look could not take a whole baseline. */
  baselineTries = 0;
  /** Whether the open step reads files, of which no event tells. */
  readsFiles = false;
  /** Events and processes that the last look read. */
  factsRead = 0;
  /** When sandboxd noticed the first change that no look has seen yet, by its clock; for the metrics. */
  noticedAt: number | null = null;
  /** The open ports as last told to pages; null: none were told. */
  ports: { sandboxId: string; ports: SandboxPort[] } | null = null;
  /** Until when sandboxd reports process changes for us. */
  processesWatchedUntil = 0;

  /** What fences around its sandbox did, the last time of each. */
  readonly fences = new RecentFences();

  constructor(parts: {
    record: AttemptRecord;
    lab: Lab;
    stepsOpened: string[];
    tasks: TaskState[];
    answers: [string, KeptAnswer][];
    baselines: [string, Baseline][];
  }) {
    this.record = parts.record;
    this.lab = parts.lab;
    this.stepsOpened = parts.stepsOpened;
    this.tasks = new Map(parts.tasks.map(task => [task.task, task]));
    this.answers = new Map(parts.answers);
    this.baselines = new Map(parts.baselines);
  }

  get id(): string {
    return this.record.id;
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  listen(listener: (message: AttemptMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(message: AttemptMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  step(): Step {
    return this.lab.steps.find(step => step.slug === this.record.step) ?? this.getStep(this.lab.steps[0]?.slug ?? '');
  }

  getStep(slug: string): Step {
    const step = this.lab.steps.find(one => one.slug === slug);
    if (!step) throw new CodedError('not-found', `lab ${this.lab.slug} has no step ${slug}`);
    return step;
  }

  getTask(id: string): { task: Task; step: Step } {
    for (const step of this.lab.steps) {
      const task = step.tasks.find(one => one.id === id);
      if (task) return { task, step };
    }
    throw new CodedError('not-found', `lab ${this.lab.slug} has no task ${id}`);
  }

  getQuestion(id: string): { question: Question; step: Step } {
    for (const step of this.lab.steps) {
      const question = step.questions.find(one => one.id === id);
      if (question) return { question, step };
    }
    throw new CodedError('not-found', `lab ${this.lab.slug} has no question ${id}`);
  }

  taskState(id: string): TaskState {
    return this.tasks.get(id) ?? untouchedTask(id);
  }

  setTask(state: TaskState): void {
    this.tasks.set(state.task, state);
    this.publish({ type: 'task', task: state });
  }

  setAnswer(id: string, answer: KeptAnswer): void {
    this.answers.set(id, answer);
    this.publish({ type: 'question', question: toQuestionState(this.getQuestion(id).question, answer) });
  }

  view(): AttemptView {
    const { record, lab } = this;
    return {
      id: record.id,
      course: record.course,
      lab: record.lab,
      status: record.status,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      step: this.step().slug,
      stepsOpened: this.stepsOpened,
      tasks: lab.steps.flatMap(step => step.tasks.map(task => this.taskState(task.id))),
      questions: lab.steps.flatMap(step =>
        step.questions.map(question => toQuestionState(question, this.answers.get(question.id) ?? null)),
      ),
      sandbox: this.sandbox,
      ticket: this.ticket,
      problem: this.problem,
    };
  }
}
