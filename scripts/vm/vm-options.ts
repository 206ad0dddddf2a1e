import { parseArgs } from 'node:util';
import { type VmGroup, vmGroups } from './vm-groups.ts';
import { vmLimits } from './vm-limits.ts';

export interface VmOptions {
  only: readonly VmGroup[];
  /** Parts of test files' names: only those run. Empty: all of the group. */
  files: readonly string[];
  /** Runs in an emulated machine too what is left out there because it takes hours. */
  all: boolean;
  /** Leaves the machine running at the end, and uses one that was left running. */
  keep: boolean;
  /** Null: KVM where it really works, emulation elsewhere. */
  accelerator: 'kvm' | 'tcg' | null;
  /** An emulated machine's clock runs this many times slower than ours. */
  clock: number;
}

const usage = `npm run test:vm [-- --only ${vmGroups.map(group => group.name).join(',')}] [--file PART]… [--all] [--accelerator kvm|tcg] [--clock N] [--keep]`;

/** Throws with the usage when an option is wrong. */
export function vmOptions(args: readonly string[]): VmOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        file: { type: 'string', multiple: true, default: [] },
        accelerator: { type: 'string' },
        clock: { type: 'string', default: String(vmLimits.emulatedClock) },
        all: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    });
    const names = values.only?.split(',') ?? vmGroups.map(group => group.name);
    const only = names.map(name => {
      const found = vmGroups.find(group => group.name === name);
      if (!found) throw new Error(`--only ${name}: there is no such group`);
      return found;
    });
    const { accelerator = null } = values;
    if (accelerator !== null && accelerator !== 'kvm' && accelerator !== 'tcg')
      throw new Error(`--accelerator ${accelerator}: expected kvm or tcg`);
    const clock = Number(values.clock);
    if (!(clock >= 1 && clock <= 100)) throw new Error(`--clock ${values.clock}: expected 1 to 100`);
    return { only, files: values.file, all: values.all, keep: values.keep, accelerator, clock };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nUsage: ${usage}`, { cause: error });
  }
}
