import type { QueueTicket } from '../protocol/claim.ts';
import type { Sandbox } from '../protocol/sandbox.ts';

/** Another attempt of the same learner that has the sandbox, or the place in the queue, that one may have at once. */
export interface Elsewhere {
  attemptId: string;
  course: string;
  lab: string;
  /** The step last opened there. */
  step: string;
  title: string;
  /** False: it waits in the queue. */
  running: boolean;
}

/** What came of asking for a sandbox: one of the three. */
export interface StartAnswer {
  sandbox: Sandbox | null;
  ticket: QueueTicket | null;
  /** Not started: these have to be given up first. Empty otherwise. */
  elsewhere: Elsewhere[];
}
