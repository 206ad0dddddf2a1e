import { chains, type Family } from '../../host/network-rules.ts';
import { type Machine, type MachineProbe, ok, refuse } from '../machine-probe.ts';

const programs: Record<Family, string> = { 4: 'iptables', 6: 'ip6tables' };

async function problemsOf(family: Family, machine: Machine): Promise<string[]> {
  const problems: string[] = [];
  for (const chain of Object.values(chains)) {
    const { code, output } = await machine.run([programs[family], '--wait', '4', '-S', chain]);
    if (code !== 0) problems.push(`${programs[family]}: ${output.split('\n')[0]?.slice(0, 120) || 'no answer'}`);
    else if (!/ -j (?:DROP|REJECT)/.test(output)) problems.push(`${programs[family]}: ${chain} lets everything pass`);
  }
  return problems;
}

/** The fence stands in both families; where the kernel has no IPv6 at all there is nothing to fence. */
export const packetFilters: MachineProbe = {
  id: 'packet-filters',
  title: 'Network fence, IPv4 and IPv6',
  where: 'sandbox-host',
  async look(machine) {
    const v6 = machine.exists('/proc/net/if_inet6');
    const problems = [...(await problemsOf(4, machine)), ...(v6 ? await problemsOf(6, machine) : [])];
    if (problems.length === 0) return ok(v6 ? 'both stand' : 'IPv4 stands; this kernel has no IPv6');
    return refuse(
      problems.join('; '),
      'Load the machine’s packet filter modules (modprobe ip_tables ip6_tables nf_conntrack), then restart the sandbox host.',
    );
  },
};
