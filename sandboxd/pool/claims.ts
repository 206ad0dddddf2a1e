import type { Logger } from 'pino';
import type { RpcOutput } from '#domain/protocol/rpc.ts';
import { createGate } from './gate.ts';
import { poolLimits } from './pool-limits.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';
import type { SandboxStarter } from './sandbox-starter.ts';
import type { WarmPool } from './warm-pool.ts';

export interface ClaimInput {
  attemptId: string;
  egress: boolean;
  /** Milliseconds. */
  ttlMs: number;
  idleMs: number;
}

export interface Claims {
  /** The attempt's sandbox: its own living one, a warm one, or a new one. Throws `no-capacity`, `sandbox-start-failed`. */
  claim(input: ClaimInput): Promise<RpcOutput<'sandbox.claim'>>;
  /** Whether a claim waits for a start of its own. */
  isStarting(): boolean;
}

export function createClaims(options: {
  registry: SandboxRegistry;
  pool: () => WarmPool;
  starter: SandboxStarter;
  /** Throws `no-capacity`. */
  assertRoom: () => void;
  onClaimed: (record: SandboxRecord) => void;
  now?: () => number;
  /** Time between a claim and the start of what replaces it in the pool. */
  refillAfterMs?: number;
  log: Logger;
}): Claims {
  const { registry, starter, log, now = Date.now, refillAfterMs = poolLimits.refillAfterMs } = options;
  const underWay = new Map<string, Promise<SandboxRecord>>();
  const gate = createGate(poolLimits.startsAtOnce);
  let starting = 0;

  async function obtain(egress: boolean): Promise<SandboxRecord> {
    const warm = egress ? null : options.pool().take();
    if (warm) {
      const record = await warm.catch(() => null);
      if (record && registry.find(record.sandbox.id)?.sandbox.state === 'ready') return record;
    }
    options.assertRoom();
    starting++;
    try {
      return await gate(() => starter.start({ egress }));
    } finally {
      starting--;
    }
  }

  async function handOver(input: ClaimInput): Promise<SandboxRecord> {
    const began = now();
    const { sandbox } = await obtain(input.egress);
    const record = registry.update(sandbox.id, {
      attemptId: input.attemptId,
      claimedAt: now(),
      activeAt: now(),
      expiresAt: now() + input.ttlMs,
      idleMs: input.idleMs,
    });
    log.info({ sandbox: sandbox.id, attempt: input.attemptId, ms: now() - began }, 'sandbox handed over');
    options.onClaimed(record);
    return record;
  }

  return {
    isStarting: () => starting > 0,
    async claim(input) {
      const own = registry.findByAttempt(input.attemptId);
      if (own && isLiving(own)) {
        registry.touch(own.sandbox.id);
        return own.sandbox;
      }
      let claim = underWay.get(input.attemptId);
      if (!claim) {
        claim = handOver(input).finally(() => {
          underWay.delete(input.attemptId);
          setTimeout(() => options.pool().fill(), refillAfterMs).unref();
        });
        underWay.set(input.attemptId, claim);
      }
      return (await claim).sandbox;
    },
  };
}
