import type { SandboxEnding } from './sandbox-ending.ts';
import type { SandboxRecord } from './sandbox-record.ts';

/**
 * Ends those that wait and are outdated, one by one. An end takes a while: whoever gets one of them meanwhile keeps it.
 * Throws when one could not be removed.
 */
export async function retireWaiting(options: {
  waiting: () => SandboxRecord[];
  isOutdated: (record: SandboxRecord) => boolean;
  ending: SandboxEnding;
}): Promise<void> {
  for (;;) {
    const next = options.waiting().find(options.isOutdated);
    if (!next) return;
    await options.ending.end(next.sandbox.id, 'replaced', 'the lab image or the limits changed');
  }
}
