import { spawn } from 'node:child_process';
import { type Family, fenceRules, jumps } from './network-rules.ts';
import { readBounded } from './read-bounded.ts';

/** Longest wait for one iptables command, its own lock included. */
const TIMEOUT_MS = 10_000;
const programs: Record<Family, { iptables: string; restore: string }> = {
  4: { iptables: 'iptables', restore: 'iptables-restore' },
  6: { iptables: 'ip6tables', restore: 'ip6tables-restore' },
};

/** Puts the fence in place. Idempotent; throws when it cannot, and then no sandbox may start. */
export async function applyFence(sandboxesWithEgress: readonly string[]): Promise<void> {
  await applyTo(4, sandboxesWithEgress);
  try {
    await applyTo(6, sandboxesWithEgress);
  } catch (error) {
    // Some kernels have no ip6tables; that is fine only where there is no IPv6 to fence.
    if (!isIpv6Off()) throw error;
  }
}

async function applyTo(family: Family, sandboxesWithEgress: readonly string[]): Promise<void> {
  const { iptables, restore } = programs[family];
  await run([restore, '--noflush', '--wait', '5'], fenceRules(family, sandboxesWithEgress));
  for (const { from, to } of jumps[family]) await ensureFirst(iptables, from, to);
}

function isIpv6Off(): boolean {
  const of = (scope: string) => readBounded(`/proc/sys/net/ipv6/conf/${scope}/disable_ipv6`, 16)?.trim();
  return ['all', 'default'].every(scope => (of(scope) ?? '1') === '1');
}

/** Makes the jump to our chain the first rule, creating a chain of Docker's that is not there yet. */
async function ensureFirst(iptables: string, from: string, to: string): Promise<void> {
  const command = [iptables, '--wait', '5'];
  if (from === 'DOCKER-USER') await run([...command, '-N', from]).catch(() => {});
  const first = await run([...command, '-S', from, '1']).catch(() => '');
  if (first.trim() === `-A ${from} -j ${to}`) return;
  await run([...command, '-I', from, '1', '-j', to]);
  await removeRepeated(command, from, to);
}

/** Older copies of the jump further down do no harm but grow with each restart. */
async function removeRepeated(command: string[], from: string, to: string): Promise<void> {
  const rules = (await run([...command, '-S', from])).split('\n').filter(rule => rule.startsWith('-A '));
  for (let index = rules.length - 1; index > 0; index--)
    if (rules[index] === `-A ${from} -j ${to}`) await run([...command, '-D', from, String(index + 1)]);
}

function run([program = '', ...args]: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.stderr.on('data', chunk => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(' ')}: exit ${code}: ${errors.trim().slice(0, 500)}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
