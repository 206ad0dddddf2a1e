import type { Viewer } from '#domain/access/viewer.ts';
import type { AnswerValue, AttemptView, QuestionState, TaskState } from '#domain/attempt/attempt.ts';
import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import type { PublicLab } from '#domain/lab/public-lab.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';

/**
 * Everything a learner can do in an attempt. Each call checks the viewer (owner; instructors of the learner's class and
 * admins may look) and throws CodedError (domain/protocol/errors.ts).
 */
export interface AttemptService {
  /** The viewer's active attempt of this lab, or a new one pinned to the lab as it is now. */
  start(viewer: Viewer, course: string, lab: string): Promise<AttemptView>;
  view(viewer: Viewer, attemptId: string): Promise<AttemptView>;
  /** The lab as this attempt pinned it, without anything that is not due. */
  lab(viewer: Viewer, attemptId: string): Promise<PublicLab>;
  /** Hints and solutions opened so far, by task. */
  opened(viewer: Viewer, attemptId: string): Promise<Record<string, { hints: string[]; solution: string | null }>>;
  /** Opens a step: takes its baseline (once per sandbox) and starts watching its tasks. */
  openStep(viewer: Viewer, attemptId: string, step: string): Promise<AttemptView>;
  /** "Check now". */
  checkTask(viewer: Viewer, attemptId: string, task: string): Promise<TaskState>;
  /** Opens the next hint; the texts of all opened ones. */
  openHint(viewer: Viewer, attemptId: string, task: string): Promise<string[]>;
  /** Counted; the learner confirmed. */
  openSolution(viewer: Viewer, attemptId: string, task: string): Promise<string>;
  answer(viewer: Viewer, attemptId: string, question: string, value: AnswerValue): Promise<QuestionState>;
  finish(viewer: Viewer, attemptId: string): Promise<AttemptView>;

  /** The attempt's sandbox: the living one, else another, now or when it is its turn. `giveUp`: attempts that lose theirs for it. */
  startSandbox(viewer: Viewer, attemptId: string, giveUp?: string[]): Promise<StartAnswer>;
  /** A fresh one in place of the living one; progress stays. */
  resetSandbox(viewer: Viewer, attemptId: string): Promise<StartAnswer>;
  extendSandbox(viewer: Viewer, attemptId: string): Promise<Sandbox>;
  endSandbox(viewer: Viewer, attemptId: string): Promise<void>;

  listTerminals(viewer: Viewer, attemptId: string): Promise<TerminalInfo[]>;
  /** A terminal that belongs to this attempt's living sandbox; throws when it does not. */
  getTerminal(viewer: Viewer, attemptId: string, terminalId: string): Promise<TerminalInfo>;
  openTerminal(viewer: Viewer, attemptId: string, size: { cols: number; rows: number }): Promise<TerminalInfo>;
  closeTerminal(viewer: Viewer, attemptId: string, terminalId: string): Promise<void>;

  /** Live messages of one attempt, beginning with its whole state. */
  subscribe(viewer: Viewer, attemptId: string, listener: (message: AttemptMessage) => void): Promise<Subscription>;
}

/** A page that follows an attempt. */
export interface Subscription {
  /** Whether anybody can see the page; it counts as seen until it says otherwise. */
  visible(is: boolean): void;
  stop(): void;
}
