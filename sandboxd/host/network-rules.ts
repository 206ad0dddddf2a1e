import { bridgeName, bridgePrefix } from '../engine/sandbox-names.ts';
import { networkPlan } from './network-plan.ts';

/** Chains of ours; Docker's own are left alone. */
export const chains = { input: 'BELOWDECK-INPUT', forward: 'BELOWDECK-FORWARD' } as const;

export type Family = 4 | 6;

/**
 * Where each chain of ours is called from, as the first rule. Docker keeps DOCKER-USER ahead of its own rules in FORWARD, but
 * somebody else may flush FORWARD (a firewall's reload does), so we stand there ourselves too.
 */
export const jumps: readonly { from: string; to: string }[] = [
  { from: 'INPUT', to: chains.input },
  { from: 'DOCKER-USER', to: chains.forward },
  { from: 'FORWARD', to: chains.forward },
];

/** Addresses that are somebody's inside: private, shared, link-local (clouds' metadata), loopback, multicast, reserved. */
const inside: Record<Family, readonly string[]> = {
  4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  // fc00::/7 has fd00:ec2::254, where a cloud answers for its metadata.
  6: ['::/127', '::ffff:0.0.0.0/96', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
};

const sandboxes = `${bridgePrefix}+`;
const rejects: Record<Family, string> = {
  4: 'REJECT --reject-with icmp-admin-prohibited',
  6: 'REJECT --reject-with icmp6-adm-prohibited',
};
const answers = '-m conntrack --ctstate RELATED,ESTABLISHED';

/**
 * The rules of our two chains, word for word as `iptables-save` prints them, so that what stands can be compared with what
 * should stand. Nothing from a sandbox reaches the sandbox host (its gateway addresses included) but the registry mirror,
 * nothing another sandbox or an inside address; outside addresses only with egress. Nothing but answers reaches a sandbox.
 */
export function chainRules(family: Family, sandboxesWithEgress: readonly string[]): string[] {
  return [
    // Answers to what the sandbox host itself opened towards a sandbox. By direction: a connection that a sandbox opened
    // while somebody had taken the fence away does not outlive its return.
    `-A ${chains.input} -i ${sandboxes} ${answers} --ctdir REPLY -j RETURN`,
    ...(family === 4 ? mirrorRules() : []),
    `-A ${chains.input} -i ${sandboxes} -j DROP`,
    `-A ${chains.forward} ! -i ${sandboxes} -o ${sandboxes} ${answers} -j RETURN`,
    `-A ${chains.forward} -o ${sandboxes} -j DROP`,
    ...inside[family].map(range => `-A ${chains.forward} -d ${range} -i ${sandboxes} -j ${rejects[family]}`),
    ...sandboxesWithEgress.toSorted().flatMap(id => egressRules(family, bridgeName(id))),
    `-A ${chains.forward} -i ${sandboxes} -j ${rejects[family]}`,
  ];
}

/** Connections are counted per sandbox, that is, per subnet; one that takes too many keeps nobody else out. */
function mirrorRules(): string[] {
  const { mirror, mirrorConnections, sandboxPrefixBits } = networkPlan;
  const to = `-A ${chains.input} -d ${mirror.address}/32 -i ${sandboxes} -p tcp -m multiport --dports ${mirror.preloadedPort},${mirror.cachePort}`;
  const tooMany = `-m connlimit --connlimit-above ${mirrorConnections} --connlimit-mask ${sandboxPrefixBits} --connlimit-saddr`;
  return [`${to} ${answers} -j ACCEPT`, `${to} ${tooMany} -j REJECT --reject-with tcp-reset`, `${to} -j ACCEPT`];
}

function egressRules(family: Family, bridge: string): string[] {
  const tooMany = `-m connlimit --connlimit-above ${networkPlan.egressConnections} --connlimit-mask 0 --connlimit-saddr`;
  return [
    `-A ${chains.forward} -i ${bridge} ${answers} -j RETURN`,
    `-A ${chains.forward} -i ${bridge} ${tooMany} -j ${rejects[family]}`,
    `-A ${chains.forward} -i ${bridge} -j RETURN`,
  ];
}

/** The same as input for `iptables-restore --noflush`: it replaces the content of our two chains in one step. */
export function fenceRules(family: Family, sandboxesWithEgress: readonly string[]): string {
  const rules = chainRules(family, sandboxesWithEgress);
  return ['*filter', `:${chains.input} - [0:0]`, `:${chains.forward} - [0:0]`, ...rules, 'COMMIT', ''].join('\n');
}

/** What is wrong with the fence, by what `iptables-save -t filter` printed; null when all of it stands. */
export function findDrift(saved: string, family: Family, sandboxesWithEgress: readonly string[]): string | null {
  const rules = saved.split('\n').filter(line => line.startsWith('-A '));
  const of = (chain: string) => rules.filter(rule => rule.startsWith(`-A ${chain} `));
  const wanted = chainRules(family, sandboxesWithEgress);
  for (const chain of Object.values(chains)) {
    const expected = wanted.filter(rule => rule.startsWith(`-A ${chain} `));
    if (of(chain).join('\n') !== expected.join('\n')) return `IPv${family}: the rules of ${chain} were changed`;
  }
  for (const { from, to } of jumps) {
    const own = `-A ${from} -j ${to}`;
    const [first] = of(from);
    // With each network Docker puts its rules before ours in FORWARD, and before those the way to DOCKER-USER, where we are first.
    const throughDocker = from === 'FORWARD' && first === '-A FORWARD -j DOCKER-USER' && of(from).includes(own);
    if (first !== own && !throughDocker) return `IPv${family}: ${from} does not begin with ${to}`;
  }
  return null;
}
