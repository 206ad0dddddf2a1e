import { z } from 'zod';
import { factNeedsSchema, factsSchema } from '../facts/facts.ts';
import { endReasonSchema, sandboxIdSchema, sandboxSchema } from './sandbox.ts';

/**
 * The whole of what the web process can ask of sandboxd: `POST /rpc/<method>` with a JSON body,
 * `Authorization: Bearer <token>`. Both ends parse with these schemas; nothing else crosses.
 * Streams are apart: `/terminal/<id>` (terminal-frames.ts) and `/watch` (watch.ts).
 */

const attemptIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const sandboxRef = z.object({ sandboxId: sandboxIdSchema });
export const terminalIdSchema = z.string().regex(/^[a-f0-9]{16}$/);

export const terminalInfoSchema = z.object({
  id: terminalIdSchema,
  sandboxId: sandboxIdSchema,
  /** Shown on the tab: "1", "2", … in order of opening, never reused within a sandbox. */
  title: z.string(),
  cols: z.number().int(),
  rows: z.number().int(),
  openedAt: z.number(),
  /** Set once the shell has ended. */
  exit: z.object({ code: z.number().int().nullable(), at: z.number() }).nullable(),
});
export type TerminalInfo = z.infer<typeof terminalInfoSchema>;

const sizeSchema = z.object({ cols: z.number().int().min(2).max(500), rows: z.number().int().min(1).max(300) });

export const hostStatusSchema = z.object({
  version: z.string(),
  startedAt: z.number(),
  at: z.number(),
  cgroupVersion: z.enum(['1', '2']),
  kernel: z.string(),
  engine: z.object({ up: z.boolean(), version: z.string().nullable() }),
  /** The lab image that new sandboxes are made from; null until it is loaded. */
  labImage: z.string().nullable(),
  pool: z.object({ warm: z.number().int(), warming: z.number().int(), target: z.number().int() }),
  sandboxes: z.number().int(),
  capacity: z.object({ maxSandboxes: z.number().int(), memoryFreeBytes: z.number() }),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;

export const rpcMethods = {
  /** Health of the sandbox host. */
  'host.status': { input: z.object({}), output: hostStatusSchema },
  /** Hands over a sandbox for an attempt: the attempt's own living one when there is one (idempotent), else a warm one, else a new one. */
  'sandbox.claim': {
    input: z.object({
      attemptId: attemptIdSchema,
      image: z.literal('engine'),
      egress: z.boolean(),
      ttlMs: z.number().int().min(1_000).max(86_400_000),
      idleMs: z.number().int().min(1_000).max(86_400_000),
    }),
    output: sandboxSchema,
  },
  /** The sandbox, also for a while after its end. Error `sandbox-not-found` otherwise. */
  'sandbox.get': { input: sandboxRef, output: sandboxSchema },
  'sandbox.list': { input: z.object({}), output: z.array(sandboxSchema) },
  /** Moves `expiresAt` to now + `ttlMs`, and counts as activity. */
  'sandbox.extend': {
    input: sandboxRef.extend({ ttlMs: z.number().int().min(1_000).max(86_400_000) }),
    output: sandboxSchema,
  },
  /** Counts as activity of the learner (an open page says so once a minute). */
  'sandbox.touch': { input: sandboxRef, output: sandboxSchema },
  /** Ends and removes it; done already is done (idempotent). */
  'sandbox.end': { input: sandboxRef.extend({ reason: endReasonSchema }), output: sandboxSchema },
  /** Looks at a sandbox. Never fails because of the learner's doing: what cannot be seen stands in `gaps`. */
  'facts.get': { input: sandboxRef.extend({ needs: factNeedsSchema }), output: factsSchema },
  /** While on, process changes of the sandbox are reported on /watch too (polling /proc). Ends by itself after `forMs`. */
  'facts.watch-processes': {
    input: sandboxRef.extend({ forMs: z.number().int().min(0).max(600_000) }),
    output: z.object({}),
  },
  'terminal.open': { input: sandboxRef.extend(sizeSchema.shape), output: terminalInfoSchema },
  'terminal.list': { input: sandboxRef, output: z.array(terminalInfoSchema) },
  'terminal.close': { input: z.object({ terminalId: terminalIdSchema }), output: z.object({}) },
} as const;

export type RpcMethod = keyof typeof rpcMethods;
export type RpcInput<M extends RpcMethod> = z.input<(typeof rpcMethods)[M]['input']>;
export type RpcOutput<M extends RpcMethod> = z.output<(typeof rpcMethods)[M]['output']>;

/** Stable codes of RPC errors; `domain/protocol/errors.ts` maps codes to HTTP statuses and WebSocket close codes. */
export const rpcErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    /** For the log. */
    message: z.string(),
    /** Safe to show to a learner: what happened, what was kept, what to do. */
    learnerMessage: z.string(),
  }),
});
export type RpcError = z.infer<typeof rpcErrorSchema>;
