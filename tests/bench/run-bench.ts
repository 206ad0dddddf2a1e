import type { BenchOptions } from '#scripts/bench/bench-options.ts';
import type { BenchFailure, BenchGroup, Measurement } from '#scripts/bench/measurement.ts';
import type { Reporter } from '#scripts/setup/images/reporter.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { launchBrowser } from '#tests/support/browser.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { measureClass } from './class/measure-class.ts';
import { measureGreen } from './green/measure-green.ts';
import { measureHostile } from './hostile/measure-hostile.ts';
import { measureMemory } from './memory/measure-memory.ts';
import { measureSleep } from './memory/measure-sleep.ts';
import { measureColdStart } from './start/measure-cold-start.ts';
import { measureHandOver } from './start/measure-hand-over.ts';
import { measureReset } from './start/measure-reset.ts';
import { renewPool } from './support/pool.ts';
import { type Contenders, gatherContenders } from './terminal/contenders.ts';
import { measureBulk } from './terminal/measure-bulk.ts';
import { measureEcho } from './terminal/measure-echo.ts';

interface BenchResult {
  measurements: Measurement[];
  failures: BenchFailure[];
}

const titles: Record<BenchGroup, string> = {
  'hand-over': 'Start to prompt, warm',
  cold: 'Cold start beside plain docker run',
  reset: 'Start over',
  sleep: 'Suspend and wake',
  class: 'A class of thirty arrives',
  green: 'Task turns green',
  echo: 'Keystroke to echo',
  bulk: 'Bulk output and Ctrl-C',
  memory: 'Memory',
  hostile: 'A hostile neighbour',
};

/** Makes the measurements of the groups asked for, one after the other, on a Belowdeck of its own. */
export async function runBench(options: BenchOptions, report: Reporter): Promise<BenchResult> {
  const result: BenchResult = { measurements: [], failures: [] };
  const { BELOWDECK_DIST_DIR } = process.env;
  const belowdeck = await startBelowdeck(BELOWDECK_DIST_DIR ? { BELOWDECK_DIST_DIR } : {});
  try {
    for (const group of options.only) {
      try {
        const measured = await report.step(titles[group], () => measure(group, belowdeck, options.rounds));
        result.measurements.push(...measured);
      } catch (error) {
        result.failures.push({ group, error: (error as Error).message });
      }
    }
  } finally {
    await belowdeck.stop();
  }
  return result;
}

function measure(group: BenchGroup, belowdeck: Belowdeck, rounds: number): Promise<Measurement[]> {
  switch (group) {
    case 'hand-over':
      return inBrowser(browser => measureHandOver(belowdeck, browser, rounds));
    case 'cold':
      return measureColdStart(belowdeck, rounds);
    case 'reset':
      return measureReset(belowdeck, rounds);
    case 'sleep':
      return measureSleep(belowdeck, rounds);
    case 'green':
      return inBrowser(browser => measureGreen(belowdeck, browser, rounds));
    case 'echo':
      return beside(belowdeck, contenders => measureEcho(contenders, rounds));
    case 'bulk':
      return unthrottled(belowdeck, () => beside(belowdeck, contenders => measureBulk(contenders, rounds)));
    case 'memory':
      return measureMemory(belowdeck);
    case 'hostile':
      return measureHostile(belowdeck);
    case 'class':
      return measureClass(belowdeck);
  }
}

/** A browser costs half a core: it runs only while it is looked at. */
async function inBrowser<T>(use: (browser: Awaited<ReturnType<typeof launchBrowser>>) => Promise<T>): Promise<T> {
  const browser = await launchBrowser();
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

async function beside<T>(belowdeck: Belowdeck, use: (contenders: Contenders) => Promise<T>): Promise<T> {
  const contenders = await gatherContenders(belowdeck);
  try {
    return await use(contenders);
  } finally {
    await contenders.stop();
  }
}

/** Terminals have a budget, which a flood uses up after 16 MiB: without it the way itself is measured. */
async function unthrottled<T>({ host }: Belowdeck, use: () => Promise<T>): Promise<T> {
  const client = host.client();
  try {
    await setSandboxSettings(host, { limits: { terminalBurst: '16 GiB', terminalRate: '1 GiB/s' } });
    await renewPool(client);
    return await use();
  } finally {
    await setSandboxSettings(host, {});
    await renewPool(client);
    client.stop();
  }
}
