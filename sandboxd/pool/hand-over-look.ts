import type { Logger } from 'pino';
import { serialized } from '../host/serialized.ts';
import type { NetworkFence } from './network-fence.ts';
import type { SandboxEnding } from './sandbox-ending.ts';
import { isLiving, type SandboxRecord } from './sandbox-record.ts';
import type { SandboxRegistry } from './sandbox-registry.ts';

/** Looked at beyond those that are claimed: one may be taken by a claim a moment earlier, or be removed for what it saw. */
const SPARE = 2;

/**
 * Waiting sandboxes were looked at when they started, which may be an hour and an engine ago: another look, from inside. One
 * that sees through the fence is removed.
 */
export interface HandOverLook {
  /**
   * Right before one is handed over, at those that wait longest, since they are taken first. Claims that come together share
   * it. Throws `network-unfenced`. A learner who goes on in the sandbox that he has is not held up.
   */
  claim(claim: { attemptId: string; fresh: boolean }): Promise<void>;
  /** At all that wait, before anybody gets one: who stood in the queue already is served without a claim. Never throws. */
  all(): Promise<void>;
}

export function createHandOverLook(options: {
  fence: Pick<NetworkFence, 'verify' | 'assertHolds'>;
  registry: SandboxRegistry;
  /** Those that wait, the longest first. */
  waiting: () => SandboxRecord[];
  ending: SandboxEnding;
  log: Logger;
}): HandOverLook {
  const { fence, registry, ending, log } = options;

  /** Claims since the last look began. */
  let claimed = 0;
  const lookAhead = serialized(async () => {
    const next = options.waiting().slice(0, claimed + SPARE);
    claimed = 0;
    await lookAt(next);
  });

  async function lookAt(records: readonly SandboxRecord[]): Promise<void> {
    const looks = records.map(async ({ sandbox, init }) => {
      if (init === null) return;
      await fence.verify({ id: sandbox.id, egress: sandbox.egress, init }).catch(error => {
        // Whoever got it meanwhile keeps it: it was fenced a moment ago.
        const record = registry.find(sandbox.id);
        if (record && isLiving(record) && record.sandbox.attemptId === null)
          ending
            .end(sandbox.id, 'replaced', `its network fence: ${(error as Error).message}`)
            .catch(err => log.error({ sandbox: sandbox.id, err }, 'an unfenced sandbox could not be removed'));
      });
    });
    await Promise.all(looks);
  }

  return {
    async claim({ attemptId, fresh }) {
      if (!fresh && registry.findByAttempt(attemptId)) return;
      fence.assertHolds();
      claimed++;
      await lookAhead();
      fence.assertHolds();
    },
    all: () => lookAt(options.waiting()),
  };
}
