import { parseArgs } from 'node:util';
import { type BenchGroup, benchGroups, benchSuites } from './measurement.ts';

export interface BenchOptions {
  only: readonly BenchGroup[];
  /** How often each thing is done; each measurement multiplies it where it is cheap. */
  rounds: number;
  /** File for the figures; `-` is the standard output, which then has nothing else. */
  json: string | null;
  /** Prints the table as Markdown. */
  markdown: boolean;
}

const names = [...Object.keys(benchSuites), ...benchGroups];
const usage = `npm run bench [-- [${names.join(' | ')}]… [--rounds N] [--json [FILE]] [--markdown]]`;

/** Throws with the usage when an option is wrong. */
export function benchOptions(args: readonly string[]): BenchOptions {
  try {
    const { values, positionals } = parseArgs({
      // `--json` without a file means the standard output.
      args: args.flatMap((arg, i) => (arg === '--json' && !isFile(args[i + 1]) ? ['--json', '-'] : [arg])),
      options: {
        rounds: { type: 'string', default: '20' },
        json: { type: 'string' },
        markdown: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: expected 1 or more`);
    const unknown = positionals.filter(name => !names.includes(name));
    if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there is no such measurement`);
    const wanted: readonly string[] = positionals.flatMap(name => [...(benchSuites[name] ?? [name])]);
    const only = positionals.length === 0 ? benchGroups : benchGroups.filter(group => wanted.includes(group));
    return { only, rounds, json: values.json ?? null, markdown: values.markdown };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nUsage: ${usage}`, { cause: error });
  }
}

function isFile(arg: string | undefined): boolean {
  return arg !== undefined && !arg.startsWith('--') && !names.includes(arg);
}
