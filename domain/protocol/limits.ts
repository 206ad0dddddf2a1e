import { z } from 'zod';
import { formatBytes, parseBytes } from './byte-units.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const CGROUPS_PER_SECOND = 500;

/**
 * What one sandbox may use, in plain numbers: how sandboxd works with it and keeps it with each sandbox. They are limits,
 * not reservations: an idle sandbox takes about 40 MiB.
 */
export const limitsSchema = z.object({
  memoryBytes: z.number(),
  cpus: z.number(),
  pids: z.number().int(),
  diskBytes: z.number(),
  inodes: z.number().int(),
  cgroups: z.number().int(),
  cgroupDepth: z.number().int(),
  /** Sandboxes from before this limit was there have it all the same. */
  cgroupsPerSecond: z.number().int().default(CGROUPS_PER_SECOND),
  logBytes: z.number(),
  terminalBytesPerSecond: z.number(),
  terminalBurstBytes: z.number(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** How one limit is written, between which bounds, and what it is when left out. */
type Spec = {
  field: keyof Limits;
  of: 'size' | 'rate' | 'count' | 'number';
  fallback: number;
  min: number;
  max: number;
};

/** Every limit an operator can set, with the reason for its default. docs/operations.md has the same table. */
export const limitSpecs = {
  /** dockerd + containerd (40 MiB) + a few labs' containers + the disk below, which lies in memory. Swap is none. */
  memory: { field: 'memoryBytes', of: 'size', fallback: 1536 * MiB, min: 384 * MiB, max: 256 * GiB },
  /** A busy loop on both threads leaves room for the platform on two cores. */
  cpus: { field: 'cpus', of: 'number', fallback: 1.5, min: 0.2, max: 64 },
  /** Processes and threads. dockerd, containerd and a shim have 10 to 15 threads each; ten containers fit. */
  pids: { field: 'pids', of: 'count', fallback: 1024, min: 200, max: 30_000 },
  /** All that can be written, `/` included, a tmpfs: less than the memory, so that a full disk says ENOSPC before the kernel kills. */
  disk: { field: 'diskBytes', of: 'size', fallback: 1024 * MiB, min: 192 * MiB, max: 128 * GiB },
  /** Files and folders on it: an image of Debian's size has 8,000; a million would be 1 GiB of the kernel's memory. */
  inodes: { field: 'inodes', of: 'count', fallback: 200_000, min: 20_000, max: 10_000_000 },
  /** Control groups inside the sandbox: ten containers have about 30. */
  cgroups: { field: 'cgroups', of: 'count', fallback: 400, min: 60, max: 10_000 },
  /** How deep they may be nested: a container in a sandbox is two deep, a container with groups of its own a few more. */
  cgroupDepth: { field: 'cgroupDepth', of: 'count', fallback: 8, min: 4, max: 64 },
  /** Made in one second, those that are gone again included: a container makes one or two in each of ten hierarchies. */
  cgroupRate: { field: 'cgroupsPerSecond', of: 'count', fallback: CGROUPS_PER_SECOND, min: 100, max: 1_000_000 },
  /** What the sandbox's init prints, kept twice by the sandbox host's engine. */
  log: { field: 'logBytes', of: 'size', fallback: MiB, min: 64 * 1024, max: 100 * MiB },
  /** Terminal output of a sandbox that floods: 50,000 lines a second, which nobody reads, for a tenth of a core. */
  terminalRate: { field: 'terminalBytesPerSecond', of: 'rate', fallback: 4 * MiB, min: 64 * 1024, max: GiB },
  /** Output at full speed before that rate counts: xterm.js draws it in 0.8 s. An ordinary `cat` is never slowed. */
  terminalBurst: { field: 'terminalBurstBytes', of: 'size', fallback: 16 * MiB, min: MiB, max: 16 * GiB },
} as const satisfies Record<string, Spec>;

export type LimitName = keyof typeof limitSpecs;
const names = Object.keys(limitSpecs) as LimitName[];
const specOf = (name: LimitName): Spec => limitSpecs[name];

/** Memory beyond the disk that a sandbox needs for its own daemons and /run. */
const BESIDE_DISK = 160 * MiB;

/** The limits as they are when an operator sets none. */
export const defaultLimits: Limits = limitsSchema.parse(
  Object.fromEntries(names.map(name => [specOf(name).field, specOf(name).fallback])),
);

/** What an operator wrote cannot be done; `problems` has a line per key, with value and remedy. */
export class LimitsError extends Error {
  readonly code = 'limits';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`These limits cannot be used:\n${problems.map(problem => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** "1.5 GiB", "4 MiB/s", "1024": one limit as people read it. */
export function formatLimit(name: LimitName, value: number): string {
  const { of } = specOf(name);
  if (of === 'size') return formatBytes(value);
  return of === 'rate' ? `${formatBytes(value)}/s` : String(value);
}

/** Every limit by its name, as people read it. */
export function describeLimits(limits: Limits): [LimitName, string][] {
  return names.map(name => [name, formatLimit(name, limits[specOf(name).field])]);
}

/** The limits that an operator's object means, such as `{ "memory": "2GiB" }`; what it leaves out is as by default. Throws LimitsError. */
export function parseLimits(value: unknown): Limits {
  const entries = z.record(z.string(), z.unknown()).safeParse(value).data;
  if (!entries) throw new LimitsError(['it must be an object, such as { "memory": "2GiB", "pids": 2048 }']);
  const limits = { ...defaultLimits };
  const problems: string[] = [];
  for (const [key, given] of Object.entries(entries)) {
    const name = names.find(each => each === key);
    const read = name ? readLimit(name, given) : `"${key}" is no limit; there are ${names.join(', ')}`;
    if (name && typeof read === 'number') limits[specOf(name).field] = read;
    else problems.push(String(read));
  }
  if (problems.length === 0 && limits.diskBytes + BESIDE_DISK > limits.memoryBytes)
    problems.push(
      `disk: ${formatBytes(limits.diskBytes)} lies in the memory of ${formatBytes(limits.memoryBytes)}; ` +
        `set memory to at least ${formatBytes(limits.diskBytes + BESIDE_DISK)}, or disk to at most ${formatBytes(limits.memoryBytes - BESIDE_DISK)}`,
    );
  if (problems.length > 0) throw new LimitsError(problems);
  return limits;
}

/** The number, or the sentence that says why it is none. */
function readLimit(name: LimitName, given: unknown): number | string {
  const { of, min, max } = specOf(name);
  const range = `from ${formatLimit(name, min)} to ${formatLimit(name, max)}`;
  const shown = `${name}: ${JSON.stringify(given)?.slice(0, 60)}`;
  let value: number | null;
  if (of === 'count' || of === 'number') {
    value = typeof given === 'number' && (of === 'number' || Number.isInteger(given)) ? given : null;
    if (value === null)
      return `${shown} is no ${of === 'count' ? 'whole ' : ''}number; write one ${range}, without quotes`;
  } else {
    const suffix = of === 'rate' ? '/s' : '';
    value =
      typeof given === 'string' && given.endsWith(suffix)
        ? parseBytes(given.slice(0, given.length - suffix.length))
        : null;
    if (value === null)
      return `${shown} has no unit; write it like "${formatLimit(name, specOf(name).fallback)}", ${range}`;
  }
  return value >= min && value <= max ? value : `${shown} is out of bounds; use ${range}`;
}
