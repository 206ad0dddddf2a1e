import { setTimeout as sleep } from 'node:timers/promises';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { typeKeys } from '#tests/bench/terminal/measure-echo.ts';
import type { Visitor } from './visitor.ts';

/** What somebody who works already feels of the platform, in milliseconds. */
export interface PlatformFelt {
  /** A key to its echo. */
  echo: number[];
  /** An answer of the API that reads the database: the view of an attempt. */
  api: number[];
}

/** Types and asks until told to stop; `take` gives what was felt since the last time. */
export function probePlatform(visitor: Visitor): { take(): PlatformFelt; stop(): Promise<void> } {
  let felt: PlatformFelt = { echo: [], api: [] };
  let running = true;
  const typing = (async () => {
    while (running) felt.echo.push(...(await typeKeys(visitor.line, benchLimits.probeKeys)));
  })();
  const asking = (async () => {
    while (running) {
      const asked = performance.now();
      await visitor.guest.get(`/api/v1/attempts/${visitor.attempt}`);
      felt.api.push(performance.now() - asked);
      await sleep(benchLimits.probePauseMs);
    }
  })();
  const ended = Promise.all([typing, asking]);
  ended.catch(() => {});
  return {
    take() {
      const taken = felt;
      felt = { echo: [], api: [] };
      return taken;
    },
    async stop() {
      running = false;
      await ended;
    },
  };
}
