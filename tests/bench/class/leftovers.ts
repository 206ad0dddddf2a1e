import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';

/** How many of each thing there are in a sandbox host. */
export type Inventory = Record<string, number>;

/** Counts everything that a sandbox could leave behind. */
export async function takeInventory(host: TestSandboxHost): Promise<Inventory> {
  const { stdout } = await host.inside(['node', '-e', program]);
  return JSON.parse(stdout);
}

/** What there is more of than before. */
export function leftovers(before: Inventory, after: Inventory): string[] {
  return Object.entries(after)
    .map(([name, count]) => ({ name, more: count - (before[name] ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ name, more }) => `${more} ${name}`);
}

// Runs inside the sandbox host. Records of sandboxes that ended stay for an hour, so that their learners can be told why.
const program = `
const { execFileSync } = require('child_process');
const fs = require('fs');
const run = (...command) => execFileSync(command[0], command.slice(1), { encoding: 'utf8' });
const lines = text => text.split('\\n').filter(Boolean).length;
const folders = at => {
  let count = 0;
  for (const entry of fs.existsSync(at) ? fs.readdirSync(at, { withFileTypes: true }) : [])
    if (entry.isDirectory()) count += 1 + folders(at + '/' + entry.name);
  return count;
};
// A sandbox's own cgroup is named by its container: below the one hierarchy, or below each of version 1.
const hierarchies = ['/sys/fs/cgroup', ...fs.readdirSync('/sys/fs/cgroup').map(name => '/sys/fs/cgroup/' + name)];
const sandboxesOf = at => fs.statSync(at).isDirectory() ? fs.readdirSync(at).filter(name => /^[0-9a-f]{64}$/.test(name)) : [];
const files = at => fs.existsSync(at) ? fs.readdirSync(at).length : 0;
console.log(JSON.stringify({
  containers: lines(run('docker', 'ps', '-aq')),
  networks: lines(run('docker', 'network', 'ls', '-q')),
  volumes: lines(run('docker', 'volume', 'ls', '-q')),
  cgroups: hierarchies.flatMap(at => sandboxesOf(at).map(name => 1 + folders(at + '/' + name))).reduce((sum, one) => sum + one, 0),
  mounts: lines(fs.readFileSync('/proc/self/mountinfo', 'utf8')),
  processes: fs.readdirSync('/proc').filter(name => {
    try { return /^\\d+$/.test(name) && !/^(node|docker|runc|tini)\\0/.test(fs.readFileSync('/proc/' + name + '/cmdline', 'utf8')) && fs.readFileSync('/proc/' + name + '/cmdline', 'utf8') !== ''; } catch { return false; }
  }).length,
  'firewall rules': lines(run('iptables-save')),
  interfaces: files('/sys/class/net'),
  journals: files('/var/lib/belowdeck/journals'),
}));
`;
