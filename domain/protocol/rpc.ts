import { z } from 'zod';
import { factNeedsSchema, factsSchema } from '../facts/facts.ts';
import {
  announcedSchema,
  announcementSchema,
  attemptIdSchema,
  claimAnswerSchema,
  claimInputSchema,
  queueTicketSchema,
} from './claim.ts';
import { sandboxPortSchema } from './ports.ts';
import { preflightSchema } from './preflight.ts';
import { endReasonSchema, sandboxIdSchema, sandboxSchema } from './sandbox.ts';

/**
 * The whole of what the web process can ask of sandboxd: `POST /rpc/<method>` with a JSON body,
 * `Authorization: Bearer <token>`. Both ends parse with these schemas; nothing else crosses.
 * Streams are apart: `/terminal/<id>` (terminal-frames.ts) and `/watch` (watch.ts).
 */

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
  pool: z.object({
    warm: z.number().int(),
    warming: z.number().int(),
    target: z.number().int(),
    /** Learners who wait for a sandbox. */
    queued: z.number().int(),
    suspended: z.number().int(),
    announced: z.array(announcedSchema),
  }),
  sandboxes: z.number().int(),
  /** The fence around sandboxes: whether it holds, why not, how often somebody else's change was undone. And the mirror. */
  network: z.object({
    fenced: z.boolean(),
    problem: z.string().nullable(),
    restored: z.number().int(),
    mirror: z.object({
      /** Whether the preloaded images can be pulled. */
      preloaded: z.boolean(),
      /** The pull-through part: `off` by setting, `unreachable` without an uplink. */
      cache: z.enum(['up', 'unreachable', 'full', 'failed', 'off']),
      cacheBytes: z.number(),
    }),
  }),
  capacity: z.object({ maxSandboxes: z.number().int(), memoryFreeBytes: z.number() }),
  /** Whether sandboxes were found to hold on this machine; none is given away before. */
  preflight: preflightSchema,
});
export type HostStatus = z.infer<typeof hostStatusSchema>;

export const rpcMethods = {
  /** Health of the sandbox host. */
  'host.status': { input: z.object({}), output: hostStatusSchema },
  /** Runs all probes of the preflight again, the escapes in a throw-away sandbox: some seconds. */
  'host.preflight': { input: z.object({}), output: preflightSchema },
  /**
   * A sandbox for an attempt: its own living one (idempotent), else a warm one, else a place in the queue while one is
   * started or comes free. Never waits longer than a cold start takes on a quiet machine.
   */
  'sandbox.claim': { input: claimInputSchema, output: claimAnswerSchema },
  /** What an attempt has or waits for; for who was away. */
  'sandbox.of-attempt': {
    input: z.object({ attemptId: attemptIdSchema }),
    output: z.object({ sandbox: sandboxSchema.nullable(), ticket: queueTicketSchema.nullable() }),
  },
  /** These learners still wait; a place of which nobody says so for a while is given up. */
  'queue.keep': { input: z.object({ attemptIds: z.array(attemptIdSchema).max(500) }), output: z.object({}) },
  /** Gives up a place; none is fine. */
  'queue.leave': { input: z.object({ attemptId: attemptIdSchema }), output: z.object({}) },
  /** A class is about to start: so many sandboxes are warmed up for it, within memory, for so long. Idempotent by id. */
  'pool.announce': {
    input: announcementSchema.extend({ forMs: z.number().int().min(1_000).max(86_400_000) }),
    output: announcedSchema,
  },
  /** Takes an announcement back; none is fine. */
  'pool.cancel': { input: announcementSchema.pick({ id: true }), output: z.object({}) },
  /** The sandbox, also for a while after its end. Error `sandbox-not-found` otherwise. */
  'sandbox.get': { input: sandboxRef, output: sandboxSchema },
  'sandbox.list': { input: z.object({}), output: z.array(sandboxSchema) },
  /** Moves `expiresAt` to now + `ttlMs` (the operator's setting when left out), and counts as activity. */
  'sandbox.extend': {
    input: sandboxRef.extend({ ttlMs: z.number().int().min(1_000).max(86_400_000).optional() }),
    output: sandboxSchema,
  },
  /**
   * Counts as activity of the learner (an open page says so once a minute). `looking`: the page is visible, which also
   * keeps it from being suspended, and wakes it. `ownerId`: whose it is now.
   */
  'sandbox.touch': {
    input: sandboxRef.extend({ looking: z.boolean().default(true), ownerId: z.string().min(1).max(64).optional() }),
    output: sandboxSchema,
  },
  /** Freezes it now, whatever runs in it; the first key or look wakes it. */
  'sandbox.suspend': { input: sandboxRef, output: sandboxSchema },
  /** Ends and removes it; done already is done (idempotent). */
  'sandbox.end': { input: sandboxRef.extend({ reason: endReasonSchema }), output: sandboxSchema },
  /** Where something listens in it, for the web preview; `/forward/<sandboxId>/<port>` (forward.ts) goes there. */
  'sandbox.ports': { input: sandboxRef, output: z.array(sandboxPortSchema) },
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
