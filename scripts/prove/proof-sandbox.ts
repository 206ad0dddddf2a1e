import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { proveLimits } from './prove-limits.ts';
import { openTerminal, type TypedTerminal } from './typed-terminal.ts';

/** A fresh sandbox with a terminal in it. */
export interface ProofSandbox {
  terminal: TypedTerminal;
  facts(needs: FactNeeds): Promise<Facts>;
}

/** Codes of refusals that a little patience cures. */
const passing: ReadonlySet<string> = new Set(['no-capacity', 'host-unreachable', 'sandbox-start-failed']);

async function claim(sandboxd: SandboxdClient, attemptId: string, egress: boolean) {
  for (let left = proveLimits.claimTries; ; left -= 1) {
    try {
      const { sandboxTtlMs: ttlMs } = proveLimits;
      const claimed = await sandboxd.call('sandbox.claim', {
        attemptId,
        image: 'engine',
        egress,
        ttlMs,
        idleMs: ttlMs,
      });
      if (claimed.answer === 'sandbox') return claimed.sandbox;
      if (left <= 0) throw new Error(`no sandbox for a proof: ${JSON.stringify(claimed)}`);
      await sleep(proveLimits.claimPauseMs);
    } catch (error) {
      if (left <= 0 || !passing.has(errorCodeOf(error))) throw error;
      await sleep(proveLimits.claimPauseMs);
    }
  }
}

/** Does something in a fresh sandbox and ends it, whatever happened. */
export async function inFreshSandbox<T>(
  sandboxd: SandboxdClient,
  egress: boolean,
  work: (sandbox: ProofSandbox) => Promise<T>,
): Promise<T> {
  const { id: sandboxId } = await claim(sandboxd, `prove-${randomBytes(8).toString('hex')}`, egress);
  try {
    const terminal = await openTerminal(sandboxd, sandboxId);
    try {
      return await work({ terminal, facts: needs => sandboxd.call('facts.get', { sandboxId, needs }) });
    } finally {
      terminal.close();
    }
  } finally {
    await sandboxd.call('sandbox.end', { sandboxId, reason: 'finished' });
  }
}
