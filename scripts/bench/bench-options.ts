import { parseArgs } from 'node:util';
import { type BenchGroup, benchGroups } from './measurement.ts';

export interface BenchOptions {
  only: readonly BenchGroup[];
  /** How often each thing is done; each measurement multiplies it where it is cheap. */
  rounds: number;
  /** File for the figures; `-` is the standard output, which then has nothing else. */
  json: string | null;
  /** Prints the table as Markdown. */
  markdown: boolean;
}

const usage = `npm run bench [-- --only ${benchGroups.join(',')}] [--rounds N] [--json [FILE]] [--markdown]`;

/** Throws with the usage when an option is wrong. */
export function benchOptions(args: readonly string[]): BenchOptions {
  try {
    const { values } = parseArgs({
      // `--json` alone means the standard output.
      args: args.flatMap((arg, i) =>
        arg === '--json' && (args[i + 1] ?? '--').startsWith('--') ? ['--json', '-'] : [arg],
      ),
      options: {
        only: { type: 'string' },
        rounds: { type: 'string', default: '20' },
        json: { type: 'string' },
        markdown: { type: 'boolean', default: false },
      },
    });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: expected 1 or more`);
    const only = values.only?.split(',') ?? benchGroups;
    const unknown = only.filter(name => !benchGroups.some(group => group === name));
    if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: there is no such measurement`);
    return { only: only as BenchGroup[], rounds, json: values.json ?? null, markdown: values.markdown };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nUsage: ${usage}`, { cause: error });
  }
}
