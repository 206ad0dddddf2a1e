import { z } from 'zod';
import { attemptIdSchema, queueTicketSchema } from './claim.ts';
import { fenceActionSchema } from './fence.ts';
import { sandboxIdSchema, sandboxSchema } from './sandbox.ts';

/** What sandboxd pushes on its one `/watch` WebSocket (JSON text frames), for all sandboxes. */
export const watchMessageSchema = z.discriminatedUnion('type', [
  /** Sent once on connect: everything alive, so that a client that was away can reconcile. */
  z.object({ type: z.literal('hello'), at: z.number(), sandboxes: z.array(sandboxSchema) }),
  /** The whole queue, whenever it changed. `failed`: who waited for a start that failed, and waits no more. */
  z.object({
    type: z.literal('queue'),
    tickets: z.array(queueTicketSchema),
    failed: z.array(z.object({ attemptId: attemptIdSchema, code: z.string() })),
  }),
  /** A sandbox changed state, was extended or ended. */
  z.object({ type: z.literal('sandbox'), sandbox: sandboxSchema }),
  /** Something inside changed: look again. `at` is when sandboxd noticed. */
  z.object({
    type: z.literal('changed'),
    sandboxId: sandboxIdSchema,
    parts: z.array(z.enum(['daemon', 'containers', 'images', 'processes', 'events'])),
    seq: z.number().int(),
    at: z.number(),
  }),
  /** A limit of the sandbox acted. */
  fenceActionSchema.extend({ type: z.literal('fence') }),
]);
export type WatchMessage = z.infer<typeof watchMessageSchema>;
