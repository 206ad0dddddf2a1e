import { z } from 'zod';
import { preflightSchema } from '#domain/protocol/preflight.ts';
import { hostStatusSchema } from '#domain/protocol/rpc.ts';
import type { Finding } from './preflight.ts';

/** What sandboxd says of itself, as far as doctor shows it; a sandboxd of another version may say less. */
export const doctorStatusSchema = hostStatusSchema
  .pick({ engine: true, cgroupVersion: true, kernel: true, sandboxes: true })
  .extend({
    pool: z.object({ warm: z.number() }),
    network: hostStatusSchema.shape.network.pick({ problem: true }).nullish(),
    preflight: preflightSchema.nullish(),
  });
export type DoctorStatus = z.infer<typeof doctorStatusSchema>;

/** Judges a sandbox host by what its sandboxd says; `logs` is the command that shows the rest. */
export function judgeSandboxHost(status: DoctorStatus, logs: string): Finding {
  const { engine, cgroupVersion, kernel, sandboxes, pool, network } = status;
  const place = `cgroup v${cgroupVersion}, kernel ${kernel}, ${sandboxes} sandboxes (${pool.warm} warm)`;
  const problem = network?.problem ? `; network: ${network.problem}` : '';
  const base = { what: 'Sandbox host', ok: engine.up && problem === '' };
  if (!engine.up)
    return {
      ...base,
      seen: `its own Docker does not answer, so nobody is given a sandbox; ${place}${problem}`,
      remedy: `It restarts by itself within seconds: run this again. If it stays so: ${logs}`,
    };
  return {
    ...base,
    seen: `Docker ${engine.version ?? 'of unknown version'}, ${place}${problem}`,
    remedy: base.ok ? '' : `The network fence is put up again by itself; if it stays so: ${logs}`,
  };
}

/** Doctor's last line. `open` is what nobody knows yet: nothing to mend is then not the same as all being well. */
export function conclude(bad: number, open: string | null): string {
  if (bad > 0) return `${bad} to mend.`;
  return open === null ? 'Everything is as it should be.' : `Nothing to mend so far, but ${open}`;
}
