import { z } from 'zod';
import { attemptViewSchema, questionStateSchema, taskStateSchema } from '../attempt/attempt.ts';
import { queueTicketSchema } from './claim.ts';
import { fenceActionSchema } from './fence.ts';
import { sandboxPortSchema } from './ports.ts';
import { sandboxSchema } from './sandbox.ts';

/** Web → browser over `/ws/attempt/<id>` (JSON text frames). The browser says
 * only whether it is looked at (`attemptPresence`); actions are HTTP. */
export const attemptMessageSchema = z.discriminatedUnion('type', [
  /** First message, and again after anything the page cannot derive: the whole state. */
  z.object({ type: z.literal('attempt'), attempt: attemptViewSchema }),
  z.object({ type: z.literal('task'), task: taskStateSchema }),
  z.object({ type: z.literal('question'), question: questionStateSchema }),
  /** null: there is none (yet). `host`: whether sandboxd can be reached. */
  z.object({
    type: z.literal('sandbox'),
    sandbox: sandboxSchema.nullable(),
    ticket: queueTicketSchema.nullable(),
    problem: z.string().nullable(),
    host: z.enum(['reachable', 'unreachable']),
  }),
  /** What that sandbox has open, for links to previews. */
  z.object({ type: z.literal('ports'), sandboxId: z.string(), ports: z.array(sandboxPortSchema) }),
  /** Fences around its sandbox that acted lately, the last time of each, newest first. */
  z.object({ type: z.literal('fences'), fences: z.array(fenceActionSchema) }),
]);
export type AttemptMessage = z.infer<typeof attemptMessageSchema>;

/** Browser → web on the same socket: whether anybody can see the page. A sandbox that nobody sees may be suspended. */
export const attemptPresence = ['visible', 'hidden'] as const;

/** One cell of the class table. */
export const classCellSchema = z.object({
  task: z.string(),
  state: z.enum(['open', 'passed', 'undone']),
  outcome: z.enum(['passed', 'failed', 'unknown']).nullable(),
  attempts: z.number().int(),
  verdictId: z.string().nullable(),
});
export const classRowSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  attemptId: z.string().nullable(),
  /** Last activity in this lab, epoch ms. */
  lastActiveAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  cells: z.array(classCellSchema),
});
export type ClassRow = z.infer<typeof classRowSchema>;

/**
 * Web → browser over `/ws/class/<classId>/<course>/<lab>`. `whole`: these are all rows (the first message, and now and
 * then again: who left the class is gone from it); else the rows that changed.
 */
export const classMessageSchema = z.object({
  type: z.literal('rows'),
  whole: z.boolean(),
  rows: z.array(classRowSchema),
});
export type ClassMessage = z.infer<typeof classMessageSchema>;
