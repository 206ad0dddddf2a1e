import { parseArgs } from 'node:util';

export interface ProveOptions {
  /** How often everything is proven. */
  repeat: number;
  /** Lab slugs; empty for all. */
  labs: string[];
  /** File that the results are written to as JSON, `-` for the standard output. */
  json: string | null;
  /** Directory of the labs. */
  dir: string;
  /** Sandbox host to bring up, or to use when it is there. */
  instance: string;
  /** Leaves the sandbox host running: the next proof starts sooner. */
  keep: boolean;
}

export const proveUsage =
  'npm run labs:prove [-- --repeat N] [--lab SLUG]… [--json FILE|-] [--dir DIR] [--instance NAME] [--keep]';

/** Throws with the usage when an option is wrong. */
export function proveOptions(args: string[]): ProveOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        repeat: { type: 'string', default: '1' },
        lab: { type: 'string', multiple: true, default: [] },
        json: { type: 'string' },
        dir: { type: 'string', default: 'labs' },
        instance: { type: 'string', default: 'prove' },
        keep: { type: 'boolean', default: false },
      },
    });
    const repeat = Number(values.repeat);
    if (!Number.isInteger(repeat) || repeat < 1) throw new Error(`--repeat ${values.repeat}: expected 1 or more`);
    const { lab: labs, json = null, dir, instance, keep } = values;
    return { repeat, labs, json, dir, instance, keep };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nUsage: ${proveUsage}`, { cause: error });
  }
}
