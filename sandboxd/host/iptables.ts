import { type Family, findDrift, restoreInput, tables } from './network-rules.ts';
import { readBounded } from './read-bounded.ts';
import { runTool } from './run-tool.ts';

const programs: Record<Family, { restore: string; save: string }> = {
  4: { restore: 'iptables-restore', save: 'iptables-save' },
  6: { restore: 'ip6tables-restore', save: 'ip6tables-save' },
};
const families = [4, 6] as const;

/** Puts the fence in place. Idempotent; throws when it cannot, and then no sandbox may start. */
export async function applyFence(sandboxesWithEgress: readonly string[]): Promise<void> {
  for (const family of families) {
    const { restore } = programs[family];
    const apply = async () => {
      const input = restoreInput(await save(family), family, sandboxesWithEgress);
      await runTool([restore, '--noflush', '--wait', '5'], input);
    };
    await apply().catch(error => {
      if (!isAbsent(family)) throw error;
    });
  }
}

/** What is wrong with the fence as it stands now, null when nothing is. Throws when the tables cannot be read. */
export async function findFenceDrift(sandboxesWithEgress: readonly string[]): Promise<string | null> {
  for (const family of families) {
    if (isAbsent(family)) continue;
    const drift = findDrift(await save(family), family, sandboxesWithEgress);
    if (drift !== null) return drift;
  }
  return null;
}

/**
 * One table each: a dump of all would show those of Docker's address translation too, which grow with every sandbox. Together
 * in one shell, since starting a program holds up a process as large as this one for milliseconds.
 */
function save(family: Family): Promise<string> {
  return runTool(['sh', '-c', tables.map(table => `${programs[family].save} -t ${table}`).join(' && ')]);
}

/** Some kernels have no ip6tables; that is fine only where there is no IPv6 to fence. */
function isAbsent(family: Family): boolean {
  const of = (scope: string) => readBounded(`/proc/sys/net/ipv6/conf/${scope}/disable_ipv6`, 16)?.trim();
  return family === 6 && ['all', 'default'].every(scope => (of(scope) ?? '1') === '1');
}
