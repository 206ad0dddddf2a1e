import { bridgeName, bridgePrefix } from '../engine/sandbox-names.ts';

/** Chains of ours; Docker's own are left alone. */
export const chains = { input: 'BELOWDECK-INPUT', forward: 'BELOWDECK-FORWARD' } as const;

export type Family = 4 | 6;

/**
 * Where each chain of ours is called from, always as the first rule. Docker keeps DOCKER-USER ahead of its own rules for
 * IPv4; for IPv6 it may do nothing at all, so there we also stand in FORWARD itself.
 */
export const jumps: Record<Family, readonly { from: string; to: string }[]> = {
  4: [
    { from: 'INPUT', to: chains.input },
    { from: 'DOCKER-USER', to: chains.forward },
  ],
  6: [
    { from: 'INPUT', to: chains.input },
    { from: 'DOCKER-USER', to: chains.forward },
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
  6: ['::/127', '::ffff:0:0/96', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
};

const sandboxes = `${bridgePrefix}+`;

/**
 * The fence around all sandboxes, as input for `iptables-restore --noflush`: it replaces the content of our two chains
 * in one step. Nothing from a sandbox reaches the sandbox host (its gateway addresses included), another sandbox or an
 * inside address; outside addresses only with egress. Nothing but answers reaches a sandbox through the host.
 */
export function fenceRules(family: Family, sandboxesWithEgress: readonly string[]): string {
  const reject = family === 4 ? 'icmp-admin-prohibited' : 'icmp6-adm-prohibited';
  const answers = '-m conntrack --ctstate ESTABLISHED,RELATED';
  const rules = [
    // Answers to what the sandbox host itself opened towards a sandbox.
    `-A ${chains.input} -i ${sandboxes} ${answers} -j RETURN`,
    `-A ${chains.input} -i ${sandboxes} -j DROP`,
    `-A ${chains.forward} -o ${sandboxes} ! -i ${sandboxes} ${answers} -j RETURN`,
    `-A ${chains.forward} -o ${sandboxes} -j DROP`,
    ...inside[family].map(
      range => `-A ${chains.forward} -i ${sandboxes} -d ${range} -j REJECT --reject-with ${reject}`,
    ),
    ...sandboxesWithEgress.map(id => `-A ${chains.forward} -i ${bridgeName(id)} -j RETURN`),
    `-A ${chains.forward} -i ${sandboxes} -j REJECT --reject-with ${reject}`,
  ];
  return ['*filter', `:${chains.input} - [0:0]`, `:${chains.forward} - [0:0]`, ...rules, 'COMMIT', ''].join('\n');
}
