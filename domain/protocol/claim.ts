import { z } from 'zod';
import { sandboxSchema } from './sandbox.ts';

export const attemptIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/**
 * Why a claim waits. starting: its sandbox is being started. starts: others' sandboxes are started first, as many at once
 * as keep the machine quick. full: as many sandboxes live as may. memory: the machine has too little memory free. host: none
 * is given to anybody, since the host is not ready or not fit.
 */
export const queueBasisSchema = z.enum(['starting', 'starts', 'full', 'memory', 'host']);
export type QueueBasis = z.infer<typeof queueBasisSchema>;

/** A place in the queue for a sandbox. One per attempt; kept while somebody says that the learner still waits. */
export const queueTicketSchema = z.object({
  attemptId: attemptIdSchema,
  /** 1 is next. It counts those who really are before: who leaves is not counted. */
  position: z.number().int().min(1),
  /** How many wait in all. */
  waiting: z.number().int().min(1),
  /** Epoch milliseconds. */
  since: z.number(),
  basis: queueBasisSchema,
  /**
   * Epoch milliseconds at which it is its turn: an estimate while sandboxes are started (`starting`, `starts`); the latest
   * moment, unless somebody extends, when a place must come free first (`full`, `memory`). Null: it cannot be told (`host` never can).
   */
  turnAt: z.number().nullable(),
});
export type QueueTicket = z.infer<typeof queueTicketSchema>;

export const claimInputSchema = z.object({
  attemptId: attemptIdSchema,
  /** Whose attempt it is, opaque to sandboxd: a learner has so many sandboxes at once. Null: nobody's, not counted. */
  ownerId: z.string().min(1).max(64).nullable().default(null),
  image: z.literal('engine'),
  egress: z.boolean(),
  /** A new sandbox in place of the attempt's living one, which is removed meanwhile. */
  fresh: z.boolean().default(false),
  /** Attempts of the same owner whose sandboxes (or places in the queue) are given up for this one. */
  giveUp: z.array(attemptIdSchema).max(8).default([]),
  /** Its lifetime, and how long it may be idle; the operator's setting when left out. */
  ttlMs: z.number().int().min(1_000).max(86_400_000).optional(),
  idleMs: z.number().int().min(1_000).max(86_400_000).optional(),
});

/**
 * sandbox: here it is. queued: it comes by itself, told on /watch; say `queue.keep` while the learner waits. elsewhere: the
 * owner has as many as allowed, in these attempts; nothing was done.
 */
export const claimAnswerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('sandbox'), sandbox: sandboxSchema }),
  z.object({ answer: z.literal('queued'), ticket: queueTicketSchema }),
  z.object({ answer: z.literal('elsewhere'), attempts: z.array(attemptIdSchema) }),
]);
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;

/** "A class is about to start": so many learners within that time. */
export const announcementSchema = z.object({
  /** Chosen by who announces; announcing again under the same id replaces it. */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  size: z.number().int().min(1).max(500),
  /** For people: the class's name. */
  label: z.string().max(100),
});

export const announcedSchema = announcementSchema.extend({
  /** Epoch milliseconds. */
  until: z.number(),
  /** Sandboxes that wait for this class now. */
  ready: z.number().int(),
  /** Learners of it that have theirs already: claims since it was announced. */
  arrived: z.number().int(),
  /** Why no more are being warmed up although some are missing; null: all is well, or they are on their way. */
  shortOf: z.enum(['sandboxes', 'memory']).nullable(),
});
export type Announced = z.infer<typeof announcedSchema>;
