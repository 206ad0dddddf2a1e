import type { Sandbox } from '#domain/protocol/sandbox.ts';

const nothing = { memoryBytes: 0, cpus: 0, pids: 0, diskBytes: 0, inodes: 0 };

/** The record of a sandbox that sandboxd no longer knows: its end was not seen, so its host must have lost it. */
export function lostSandbox(id: string, attemptId: string, known: Sandbox | null, at: number): Sandbox {
  if (known?.id === id && known.ended) return known;
  const before: Sandbox =
    known?.id === id
      ? known
      : {
          id,
          attemptId,
          image: 'engine',
          egress: false,
          state: 'ended',
          createdAt: at,
          claimedAt: null,
          expiresAt: null,
          activeAt: null,
          idleMs: 0,
          suspendedAt: null,
          limits: nothing,
          ended: null,
        };
  return { ...before, state: 'ended', ended: { reason: 'host-lost', at, detail: '' } };
}
