import type { LineSource } from '#tests/bench/support/line.ts';
import { type LineDriver, promptOf } from '#tests/bench/support/line-driver.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { belowdeckLines } from './belowdeck-lines.ts';
import { dockerExec, rawPty } from './pty-lines.ts';
import { ttyd } from './ttyd-lines.ts';

export interface Contenders {
  ours: LineSource;
  peers: LineSource[];
  /** Who could not be had, and why. */
  missing: { name: string; samples: number[]; note: string }[];
  stop(): Promise<void>;
}

/** Everybody who takes part in the terminal benchmarks, each behind the same few calls. */
export async function gatherContenders(belowdeck: Belowdeck): Promise<Contenders> {
  const missing: Contenders['missing'] = [];
  const peers = [rawPty(), dockerExec(belowdeck.host.container)];
  try {
    peers.splice(1, 0, await ttyd());
  } catch (error) {
    const why = (error as Error).message.split('\n')[0] ?? '';
    missing.push({ name: 'ttyd', samples: [], note: `could not be had: ${why.slice(0, 120)}` });
  }
  const ours = await belowdeckLines(belowdeck.url);
  return {
    ours,
    peers,
    missing,
    async stop() {
      for (const source of [ours, ...peers]) await source.stop();
    },
  };
}

/** Opens a shell of each, lets each do something in turn, `rounds` times, and gathers what each turn yields. */
export async function inTurns(
  { ours, peers, missing }: Contenders,
  rounds: number,
  options: {
    paced?: boolean;
    prepare?: (driver: LineDriver) => Promise<unknown>;
    turn: (driver: LineDriver) => Promise<number[]>;
  },
): Promise<{ ours: number[]; peers: { name: string; samples: number[]; note?: string }[] }> {
  const taking: { name: string; driver: LineDriver; samples: number[] }[] = [];
  try {
    for (const source of [ours, ...peers]) {
      const driver = await promptOf(source.open({ paced: options.paced ?? false }));
      taking.push({ name: source.name, driver, samples: [] });
      await options.prepare?.(driver);
    }
    for (let round = 0; round <= rounds; round++) {
      for (const { driver, samples } of taking) {
        const yielded = await options.turn(driver);
        // In the first turn code is compiled and buffers grow: it is not counted.
        if (round > 0) samples.push(...yielded);
      }
    }
  } finally {
    for (const { driver } of taking) await driver.line.close();
  }
  const [own, ...others] = taking.map(({ name, samples }) => ({ name, samples }));
  return { ours: own?.samples ?? [], peers: [...others, ...missing] };
}
