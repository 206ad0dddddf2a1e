import fs from 'node:fs';
import { networkPlan } from './network-plan.ts';
import { readBounded } from './read-bounded.ts';
import { runTool } from './run-tool.ts';

/** How the sandbox host's own network behaves towards sandboxes, below the rules. */
const sysctls: Readonly<Record<string, string>> = {
  // Nobody's source address but its own: one sandbox cannot use up a limit in another's name.
  'net/ipv4/conf/all/rp_filter': '1',
  'net/ipv4/conf/default/rp_filter': '1',
  // No word about addresses on other wires.
  'net/ipv4/conf/all/arp_ignore': '1',
  'net/ipv4/conf/all/accept_redirects': '0',
  'net/ipv4/conf/all/accept_source_route': '0',
  'net/ipv4/conf/all/send_redirects': '0',
  'net/ipv6/conf/default/accept_ra': '0',
  // Sandboxes have IPv4 only; a bridge with an IPv6 address of its own talks to them, however well what they say is dropped.
  'net/ipv6/conf/default/disable_ipv6': '1',
};

/**
 * Sees to what the fence stands on: the mirror's address, the bait that the look from inside aims at, kernel settings.
 * Idempotent; throws when the bait cannot be made.
 */
export async function ensureGround(): Promise<void> {
  for (const [name, value] of Object.entries(sysctls)) ensureSysctl(`/proc/sys/${name}`, value);
  await runTool(['ip', 'address', 'replace', `${networkPlan.mirror.address}/32`, 'dev', 'lo']);
  const { namespace, device } = networkPlan.bait;
  if (!fs.existsSync(`/run/netns/${namespace}`) || !fs.existsSync(`/sys/class/net/${device}`)) await makeBait();
}

/**
 * Lets a sandbox's bridge speak no IPv6 (one that was made before that was the default), and learn no addresses. It has one port, so there is nothing to learn, and what it learns is the
 * kernel's memory: a sandbox that sends from a million made-up addresses would take hundreds of megabytes that nobody counts.
 */
export async function quietBridge(bridge: string): Promise<void> {
  ensureSysctl(`/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`, '1');
  if (readBounded(`/sys/class/net/${bridge}/bridge/ageing_time`, 32)?.trim() === '0') return;
  await runTool(['ip', 'link', 'set', bridge, 'type', 'bridge', 'ageing_time', '0']);
}

function ensureSysctl(file: string, value: string): void {
  try {
    if (fs.readFileSync(file, 'utf8').trim() !== value) fs.writeFileSync(file, value);
  } catch (error) {
    // A kernel without IPv6 has none of its settings.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function makeBait(): Promise<void> {
  const { namespace, device, near, far, inside, outside } = networkPlan.bait;
  const addresses = [...inside, outside];
  await runTool(
    ['sh', '-e'],
    `ip netns del ${namespace} 2>/dev/null || true
     ip link del ${device} 2>/dev/null || true
     ip netns add ${namespace}
     ip link add ${device} type veth peer name eth0 netns ${namespace}
     ip address add ${near}/30 dev ${device}
     ip link set ${device} up
     ip -n ${namespace} link set lo up
     ip -n ${namespace} address add ${far}/30 dev eth0
     ip -n ${namespace} link set eth0 up
     ip -n ${namespace} route add default via ${near}
     ${addresses.map(address => `ip -n ${namespace} address add ${address}/32 dev lo; ip route replace ${address}/32 via ${far} dev ${device}`).join('\n')}
    `,
  );
}
