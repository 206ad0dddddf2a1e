import { readFileSync } from 'node:fs';
import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';

const MiB = 1024 * 1024;

export interface Weight {
  /** Proportional memory of its processes, MiB: what is shared with others counts in part. */
  pss: number;
  /** What the kernel charges its cgroup, less page cache that it would give back at once, MiB. */
  charged: number;
}

/** Weighs a container of the sandbox host's engine, with everything that runs in it. */
export async function weighContainer(host: TestSandboxHost, name: string): Promise<Weight> {
  const [weight] = await weighContainers(host, [name]);
  if (!weight) throw new Error(`${name} was not weighed`);
  return weight;
}

/** The same for many at the same time. */
export async function weighContainers(host: TestSandboxHost, names: string[]): Promise<Weight[]> {
  const { stdout } = await host.inside(['node', '-e', program, ...names]);
  return (JSON.parse(stdout) as Record<'pss' | 'usage' | 'cache', number>[]).map(({ pss, usage, cache }) => ({
    pss: pss / 1024,
    charged: (usage - cache) / MiB,
  }));
}

/** Memory that the machine could still give, MiB: whatever is taken, by whomever, is missing from it. */
export async function availableMemory(host: TestSandboxHost): Promise<number> {
  const { stdout } = await host.inside(['grep', 'MemAvailable', '/proc/meminfo']);
  return Number(/(\d+) kB/.exec(stdout)?.[1] ?? Number.NaN) / 1024;
}

/** Resident memory of a process of the sandbox host, KiB. */
export async function residentInside(host: TestSandboxHost, pattern: string): Promise<number> {
  const { stdout } = await host.inside(['sh', '-c', `grep VmRSS /proc/$(pgrep -o -f '${pattern}')/status`]);
  return Number(/(\d+) kB/.exec(stdout)?.[1] ?? Number.NaN);
}

/** Resident memory of a process of this machine, KiB. */
export function resident(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
}

// Runs inside the sandbox host. Cgroup v1 and v2 name the same things differently; nested cgroups count as well.
const program = `
const { execFileSync } = require('child_process');
const fs = require('fs');
const ids = execFileSync('docker', ['inspect', '-f', '{{.Id}}', ...process.argv.slice(1)], { encoding: 'utf8' }).trim().split('\\n');
const read = file => { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } };
const weigh = id => {
  const folder = ['/sys/fs/cgroup/memory/' + id, '/sys/fs/cgroup/' + id].find(one => fs.existsSync(one));
  const pids = new Set();
  const walk = at => {
    for (const pid of read(at + '/cgroup.procs').split('\\n').filter(Boolean)) pids.add(pid);
    for (const entry of fs.readdirSync(at, { withFileTypes: true })) if (entry.isDirectory()) walk(at + '/' + entry.name);
  };
  walk(folder);
  let pss = 0;
  for (const pid of pids) pss += Number(/^Pss:\\s+(\\d+) kB/m.exec(read('/proc/' + pid + '/smaps_rollup'))?.[1] ?? 0);
  const usage = Number(read(folder + '/memory.usage_in_bytes') || read(folder + '/memory.current'));
  const cache = Number(/^(?:total_)?inactive_file (\\d+)/m.exec(read(folder + '/memory.stat'))?.[1] ?? 0);
  return { pss, usage, cache };
};
console.log(JSON.stringify(ids.map(weigh)));
`;
