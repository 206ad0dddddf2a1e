import { bridgeName, bridgePrefix } from '../engine/sandbox-names.ts';
import { networkPlan } from './network-plan.ts';

/** Chains of ours; Docker's own are left alone. */
export const chains = { input: 'BELOWDECK-INPUT', forward: 'BELOWDECK-FORWARD' } as const;

export type Family = 4 | 6;

/**
 * The fence stands twice. In `filter` it says no politely (REJECT: programs fail at once). In `security`, which comes after and
 * which Docker never touches, it drops: at each new network Docker takes its jump to DOCKER-USER away for a moment, and its
 * own rules would let other sandboxes' packets pass meanwhile.
 */
export const tables = ['filter', 'security'] as const;
export type Table = (typeof tables)[number];

/** Where each chain of ours is called from, as the first rule. In FORWARD itself too: a firewall's reload may flush that. */
const jumps: Record<Table, readonly { from: string; to: string }[]> = {
  filter: [
    { from: 'INPUT', to: chains.input },
    { from: 'DOCKER-USER', to: chains.forward },
    { from: 'FORWARD', to: chains.forward },
  ],
  security: [
    { from: 'INPUT', to: chains.input },
    { from: 'FORWARD', to: chains.forward },
  ],
};

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
const refusals: Record<Table, Record<Family, string>> = {
  filter: { 4: 'REJECT --reject-with icmp-admin-prohibited', 6: 'REJECT --reject-with icmp6-adm-prohibited' },
  security: { 4: 'DROP', 6: 'DROP' },
};
const answers = '-m conntrack --ctstate RELATED,ESTABLISHED';

/**
 * The rules of our two chains in one table, word for word as `iptables-save` prints them, so that what stands can be compared
 * with what should stand. Nothing from a sandbox reaches the sandbox host (its gateway addresses included) but the registry
 * mirror, nothing another sandbox or an inside address; outside addresses only with egress. Nothing but answers reaches one.
 */
export function chainRules(table: Table, family: Family, sandboxesWithEgress: readonly string[]): string[] {
  const refuse = refusals[table][family];
  return [
    // Answers to what the sandbox host itself opened towards a sandbox. By direction: a connection that a sandbox opened
    // while somebody had taken the fence away does not outlive its return.
    `-A ${chains.input} -i ${sandboxes} ${answers} --ctdir REPLY -j RETURN`,
    ...(family === 4 ? [...mirrorRules(table), ...namesRules(table, sandboxesWithEgress)] : []),
    `-A ${chains.input} -i ${sandboxes} -j DROP`,
    `-A ${chains.forward} ! -i ${sandboxes} -o ${sandboxes} ${answers} -j RETURN`,
    `-A ${chains.forward} -o ${sandboxes} -j DROP`,
    ...inside[family].map(range => `-A ${chains.forward} -d ${range} -i ${sandboxes} -j ${refuse}`),
    ...sandboxesWithEgress.toSorted().flatMap(id => egressRules(table, refuse, bridgeName(id))),
    `-A ${chains.forward} -i ${sandboxes} -j ${refuse}`,
  ];
}

/** Connections are counted per sandbox, that is, per subnet; one that takes too many keeps nobody else out. */
function mirrorRules(table: Table): string[] {
  const { mirror, mirrorConnections, sandboxPrefixBits } = networkPlan;
  const to = `-A ${chains.input} -d ${mirror.address}/32 -i ${sandboxes} -p tcp -m multiport --dports ${mirror.preloadedPort},${mirror.cachePort}`;
  if (table === 'security') return [`${to} -j RETURN`];
  const tooMany = `-m connlimit --connlimit-above ${mirrorConnections} --connlimit-mask ${sandboxPrefixBits} --connlimit-saddr`;
  return [`${to} ${answers} -j ACCEPT`, `${to} ${tooMany} -j REJECT --reject-with tcp-reset`, `${to} -j ACCEPT`];
}

/** Who may go out may have names looked up. */
function namesRules(table: Table, sandboxesWithEgress: readonly string[]): string[] {
  const { mirror, namesPort, namesQuestions } = networkPlan;
  const pass = table === 'security' ? 'RETURN' : 'ACCEPT';
  return sandboxesWithEgress.toSorted().flatMap(id => {
    const to = `-A ${chains.input} -d ${mirror.address}/32 -i ${bridgeName(id)}`;
    const rules = ['udp', 'tcp'].map(protocol => `${to} -p ${protocol} -m ${protocol} --dport ${namesPort} -j ${pass}`);
    if (table === 'security') return rules;
    return [
      `${to} -m connlimit --connlimit-above ${namesQuestions} --connlimit-mask 0 --connlimit-saddr -j DROP`,
      ...rules,
    ];
  });
}

function egressRules(table: Table, refuse: string, bridge: string): string[] {
  const from = `-A ${chains.forward} -i ${bridge}`;
  if (table === 'security') return [`${from} -j RETURN`];
  const tooMany = `-m connlimit --connlimit-above ${networkPlan.egressConnections} --connlimit-mask 0 --connlimit-saddr`;
  return [`${from} ${answers} -j RETURN`, `${from} ${tooMany} -j ${refuse}`, `${from} -j RETURN`];
}

/**
 * Input for `iptables-restore --noflush` that makes all of it stand, given what `iptables-save` printed: both tables are
 * replaced as far as they are ours, each in one step, so that there is no moment without a fence.
 */
export function restoreInput(saved: string, family: Family, sandboxesWithEgress: readonly string[]): string {
  return tables.map(table => restoreTable(saved, table, family, sandboxesWithEgress)).join('');
}

function restoreTable(saved: string, table: Table, family: Family, sandboxesWithEgress: readonly string[]): string {
  const rules = rulesOf(saved, table);
  const isDocker = table === 'filter';
  const lines = [
    `*${table}`,
    // With --noflush a chain that is named here is emptied: Docker's only when it is not there yet.
    ...(isDocker && !saved.includes('\n:DOCKER-USER ') ? [':DOCKER-USER - [0:0]'] : []),
    ...Object.values(chains).map(chain => `:${chain} - [0:0]`),
    ...chainRules(table, family, sandboxesWithEgress),
  ];
  for (const { from, to } of jumps[table]) {
    if (jumpStands(rules, from, to)) continue;
    const own = `${from} -j ${to}`;
    // Older copies further down go in the same step.
    lines.push(...rules.filter(rule => rule === `-A ${own}`).map(() => `-D ${own}`), `-I ${from} 1 -j ${to}`);
  }
  return `${lines.join('\n')}\nCOMMIT\n`;
}

/** What is wrong with the fence, by what `iptables-save` printed; null when all of it stands. */
export function findDrift(saved: string, family: Family, sandboxesWithEgress: readonly string[]): string | null {
  for (const table of tables) {
    const rules = rulesOf(saved, table);
    const wanted = chainRules(table, family, sandboxesWithEgress);
    for (const chain of Object.values(chains)) {
      const of = (all: string[]) => all.filter(rule => rule.startsWith(`-A ${chain} `)).join('\n');
      if (of(rules) !== of(wanted)) return `IPv${family} ${table}: the rules of ${chain} were changed`;
    }
    for (const { from, to } of jumps[table])
      if (!jumpStands(rules, from, to)) return `IPv${family} ${table}: ${from} does not begin with ${to}`;
  }
  return null;
}

/** With each network Docker puts its rules before ours in FORWARD, and before those the way to DOCKER-USER, where we are first. */
function jumpStands(rules: readonly string[], from: string, to: string): boolean {
  const own = `-A ${from} -j ${to}`;
  const first = rules.find(rule => rule.startsWith(`-A ${from} `));
  return first === own || (first === '-A FORWARD -j DOCKER-USER' && rules.includes(own));
}

/** The rules of one table of a dump of all. */
function rulesOf(saved: string, table: Table): string[] {
  const begin = `\n${saved}`.indexOf(`\n*${table}\n`);
  if (begin < 0) return [];
  const text = saved.slice(begin);
  const end = text.indexOf('\nCOMMIT');
  return (end < 0 ? text : text.slice(0, end)).split('\n').filter(line => line.startsWith('-A '));
}
