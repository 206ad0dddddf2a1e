import { CodedError } from '#domain/protocol/errors.ts';
import type { Cgroups } from '../host/cgroups.ts';
import { hostLimits } from '../host/host-limits.ts';
import { readBounded } from '../host/read-bounded.ts';
import type { SandboxView } from '../host/read-process.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';

/** A living sandbox as the observer needs it. */
export interface SandboxTarget {
  sandboxId: string;
  containerId: string;
  /** Its init in the sandbox host's PID namespace, with the start time that pins it. */
  pid: number;
  startTicks: number;
  view: Omit<SandboxView, 'boot'>;
}

/** Throws `sandbox-ended` for one that does not run. */
export function targetOf(record: SandboxRecord, cgroups: Cgroups): SandboxTarget {
  const { containerId, init, genuine, sandbox } = record;
  if (!containerId || !init) throw new CodedError('sandbox-ended', `sandbox ${sandbox.id} does not run`);
  const uidMap = readBounded(`/proc/${init.pid}/uid_map`, hostLimits.maxCounterBytes) ?? '';
  return { sandboxId: sandbox.id, containerId, ...init, view: { containerId, cgroups, genuine, uidMap } };
}
