import { z } from 'zod';

/** ok: as it should be. warn: works, with a drawback. refuse: people one does not trust must not get sandboxes here. */
export const probeVerdictSchema = z.enum(['ok', 'warn', 'refuse']);
export type ProbeVerdict = z.infer<typeof probeVerdictSchema>;

export const probeResultSchema = z.object({
  /** Stable, e.g. "write-core-pattern": what an operator lists to accept it. */
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** machine: a property of the machine. escape: an attack by root of a throw-away sandbox, which must fail. */
  kind: z.enum(['machine', 'escape']),
  title: z.string(),
  verdict: probeVerdictSchema,
  /** What was seen, one line. */
  measured: z.string(),
  /** What to do; empty when ok. */
  remedy: z.string(),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

/**
 * What sandboxd found out about the machine before it gives sandboxes away. waiting: the engine or the lab image is not
 * there yet. running: the probes run. passed, refused: their verdict. accepted: it would be refused, but the operator's
 * setting names every probe that says so.
 */
export const preflightSchema = z.object({
  state: z.enum(['waiting', 'running', 'passed', 'accepted', 'refused']),
  /** When the escape probes ran, epoch ms, and how long; null before. */
  at: z.number().nullable(),
  ms: z.number().nullable(),
  probes: z.array(probeResultSchema).max(100),
  /** Ids in BELOWDECK_ACCEPT_UNSAFE_SANDBOXES. */
  accepted: z.array(z.string()).max(100),
});
export type PreflightStatus = z.infer<typeof preflightSchema>;

/** Probes that keep sandboxes from being given away. */
export function refusals(status: Pick<PreflightStatus, 'probes' | 'accepted'>): ProbeResult[] {
  return status.probes.filter(({ id, verdict }) => verdict === 'refuse' && !status.accepted.includes(id));
}
