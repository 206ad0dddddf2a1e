import { spawn } from 'node:child_process';
import { root } from '../setup/paths.ts';

/** What one stage of `npm test` counted. */
export interface Counts {
  passed: number;
  failed: number;
  /** What failed, one text each, to be told again at the end: by then it has scrolled far away. */
  failures?: readonly string[];
}

export interface Stage {
  name: string;
  /** Program and arguments, run in the checkout. */
  command: readonly string[];
  env?: Record<string, string>;
  /** Reads the counts once it has ended; without it the stage counts as one test. */
  counts?: () => Counts;
}

export interface StageResult extends Counts {
  name: string;
  seconds: number;
}

/** Runs one stage with its output shown. A stage that fails, or that ran nothing, has at least one failure. */
export async function runStage(stage: Stage): Promise<StageResult> {
  console.log(`\n━━ ${stage.name}: ${stage.command.map(word => word.replace(`${root}/`, '')).join(' ')}`);
  const began = Date.now();
  const [file = '', ...args] = stage.command;
  const code = await new Promise<number>(resolve => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...stage.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', error => {
      console.error(error.message);
      resolve(127);
    });
    child.on('close', status => resolve(status ?? 1));
  });
  const counts = honest(code, stage.counts);
  return { name: stage.name, ...counts, seconds: (Date.now() - began) / 1000 };
}

/** Counts that cannot hide a failure: a bad exit code or an empty run is a failure whatever the report says. */
export function honest(code: number, read: (() => Counts) | undefined): Counts {
  if (!read) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  let counts: Counts;
  try {
    counts = read();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
  if (code !== 0 || counts.passed + counts.failed === 0) return { ...counts, failed: Math.max(1, counts.failed) };
  return counts;
}

/** Prints the table and the closing line; answers the exit code. */
export function summarise(results: readonly StageResult[]): number {
  console.log('\n');
  for (const { name, passed, failed, seconds } of results) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(
      `${mark} ${name.padEnd(34)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(8)} s`,
    );
  }
  for (const { name, failures = [] } of results) for (const failure of failures) console.log(`\n✗ ${name}: ${failure}`);
  const total = (key: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
}
