import { z } from 'zod';
import { taskVerdictSchema } from '../check/verdict.ts';
import { queueTicketSchema } from '../protocol/claim.ts';
import { sandboxSchema } from '../protocol/sandbox.ts';

/** What the page of one attempt knows about one task. */
export const taskStateSchema = z.object({
  task: z.string(),
  /** open: never passed. passed: holds now. undone: passed once, does not hold now (it still counts as passed). */
  state: z.enum(['open', 'passed', 'undone']),
  passedAt: z.number().nullable(),
  /** How often "Check now" was pressed or a look ended in failed after the learner did something. */
  attempts: z.number().int(),
  hintsOpened: z.number().int(),
  solutionOpened: z.boolean(),
  verdict: taskVerdictSchema.nullable(),
});
export type TaskState = z.infer<typeof taskStateSchema>;

export const answerValueSchema = z.union([z.string().max(2_000), z.number(), z.array(z.number().int()).max(32)]);
/** Choices are given by index (single: one index in an array; multiple: several), text as string, numbers as number. */
export type AnswerValue = z.infer<typeof answerValueSchema>;

export const questionStateSchema = z.object({
  question: z.string(),
  /** null until answered. */
  value: answerValueSchema.nullable(),
  /** null: not judged yet (a prediction before its reveal, or unknown because the sandbox could not be seen). */
  correct: z.boolean().nullable(),
  tries: z.number().int(),
  /** One sentence that says why it is wrong, or what was seen; null before judging. */
  feedback: z.string().nullable(),
  /** The author's explanation; only once it is due. */
  why: z.string().nullable(),
  /** What the learner's own sandbox showed, e.g. "PID 1 (tini)"; only once revealed. */
  revealed: z.string().nullable(),
});
export type QuestionState = z.infer<typeof questionStateSchema>;

export const attemptViewSchema = z.object({
  id: z.string(),
  course: z.string(),
  lab: z.string(),
  status: z.enum(['active', 'finished']),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Slug of the step last opened. */
  step: z.string(),
  /** Slugs of steps opened so far. */
  stepsOpened: z.array(z.string()),
  tasks: z.array(taskStateSchema),
  questions: z.array(questionStateSchema),
  sandbox: sandboxSchema.nullable(),
  /** Its place in the queue for a sandbox; null: it waits for none. */
  ticket: queueTicketSchema.nullable(),
  /** Why no sandbox came to who waited, for people; null: all is well. */
  problem: z.string().nullable(),
});
export type AttemptView = z.infer<typeof attemptViewSchema>;
