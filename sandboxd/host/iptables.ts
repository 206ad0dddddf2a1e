import { type Family, fenceRules, findDrift, jumps } from './network-rules.ts';
import { readBounded } from './read-bounded.ts';
import { runTool } from './run-tool.ts';

const programs: Record<Family, { iptables: string; restore: string; save: string }> = {
  4: { iptables: 'iptables', restore: 'iptables-restore', save: 'iptables-save' },
  6: { iptables: 'ip6tables', restore: 'ip6tables-restore', save: 'ip6tables-save' },
};
const families = [4, 6] as const;

/** Puts the fence in place. Idempotent; throws when it cannot, and then no sandbox may start. */
export async function applyFence(sandboxesWithEgress: readonly string[]): Promise<void> {
  for (const family of families)
    await applyTo(family, sandboxesWithEgress).catch(error => {
      if (!isAbsent(family)) throw error;
    });
}

/** What is wrong with the fence as it stands now, null when nothing is. Throws when the tables cannot be read. */
export async function findFenceDrift(sandboxesWithEgress: readonly string[]): Promise<string | null> {
  for (const family of families) {
    const saved = await runTool([programs[family].save, '-t', 'filter']).catch(error => {
      if (isAbsent(family)) return null;
      throw error;
    });
    const drift = saved === null ? null : findDrift(saved, family, sandboxesWithEgress);
    if (drift !== null && !isAbsent(family)) return drift;
  }
  return null;
}

/** Some kernels have no ip6tables; that is fine only where there is no IPv6 to fence. */
function isAbsent(family: Family): boolean {
  const of = (scope: string) => readBounded(`/proc/sys/net/ipv6/conf/${scope}/disable_ipv6`, 16)?.trim();
  return family === 6 && ['all', 'default'].every(scope => (of(scope) ?? '1') === '1');
}

async function applyTo(family: Family, sandboxesWithEgress: readonly string[]): Promise<void> {
  const { iptables, restore } = programs[family];
  await runTool([restore, '--noflush', '--wait', '5'], fenceRules(family, sandboxesWithEgress));
  for (const { from, to } of jumps) await ensureFirst(iptables, from, to);
}

/** Makes the jump to our chain the first rule, creating a chain of Docker's that is not there yet. */
async function ensureFirst(iptables: string, from: string, to: string): Promise<void> {
  const command = [iptables, '--wait', '5'];
  if (from === 'DOCKER-USER') await runTool([...command, '-N', from]).catch(() => {});
  const first = await runTool([...command, '-S', from, '1']).catch(() => '');
  if (first.trim() === `-A ${from} -j ${to}`) return;
  await runTool([...command, '-I', from, '1', '-j', to]);
  await removeRepeated(command, from, to);
}

/** Older copies of the jump further down do no harm but grow with each restart. */
async function removeRepeated(command: string[], from: string, to: string): Promise<void> {
  const rules = (await runTool([...command, '-S', from])).split('\n').filter(rule => rule.startsWith('-A '));
  for (let index = rules.length - 1; index > 0; index--)
    if (rules[index] === `-A ${from} -j ${to}`) await runTool([...command, '-D', from, String(index + 1)]);
}
