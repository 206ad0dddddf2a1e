import { describe, expect, it } from 'vitest';
import { chainRules, type Family, findDrift, restoreInput, tables } from './network-rules.ts';

const indexOf = (rules: string[], part: string) => rules.findIndex(rule => rule.includes(part));
const forwarding = (rules: string[]) => rules.filter(rule => rule.startsWith('-A BELOWDECK-FORWARD '));
const own = 'bdabcdef012345';

describe('the rules of the fence', () => {
  it('let from sandboxes to the sandbox host only answers and the mirror', () => {
    const mirror = '-A BELOWDECK-INPUT -d 10.214.0.1/32 -i bd+ -p tcp -m multiport --dports 5000,5001';
    expect(chainRules('filter', 4, []).filter(rule => rule.includes('BELOWDECK-INPUT'))).toEqual([
      '-A BELOWDECK-INPUT -i bd+ -m conntrack --ctstate RELATED,ESTABLISHED --ctdir REPLY -j RETURN',
      `${mirror} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      `${mirror} -m connlimit --connlimit-above 32 --connlimit-mask 28 --connlimit-saddr -j REJECT --reject-with tcp-reset`,
      `${mirror} -j ACCEPT`,
      '-A BELOWDECK-INPUT -i bd+ -j DROP',
    ]);
  });

  it.each(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', '127.0.0.0/8'])(
    'reject %s before they let anybody out',
    range => {
      const rules = chainRules('filter', 4, ['abcdef012345']);
      const rejects = indexOf(rules, `-d ${range} -i bd+ -j REJECT`);
      expect(rejects).toBeGreaterThan(-1);
      expect(rejects).toBeLessThan(indexOf(rules, `-A BELOWDECK-FORWARD -i ${own} `));
    },
  );

  it('let nobody out who did not ask, whoever asked, and that with a bound', () => {
    expect(chainRules('filter', 4, []).some(rule => rule.includes(own))).toBe(false);
    const rules = chainRules('filter', 4, ['abcdef012345']);
    const names = `-A BELOWDECK-INPUT -d 10.214.0.1/32 -i ${own}`;
    expect(rules.filter(rule => rule.includes(own))).toEqual([
      `${names} -m connlimit --connlimit-above 256 --connlimit-mask 0 --connlimit-saddr -j DROP`,
      `${names} -p udp -m udp --dport 53 -j ACCEPT`,
      `${names} -p tcp -m tcp --dport 53 -j ACCEPT`,
      `-A BELOWDECK-FORWARD -i ${own} -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN`,
      `-A BELOWDECK-FORWARD -i ${own} -m connlimit --connlimit-above 512 --connlimit-mask 0 --connlimit-saddr -j REJECT --reject-with icmp-admin-prohibited`,
      `-A BELOWDECK-FORWARD -i ${own} -j RETURN`,
    ]);
    expect(rules.at(-1)).toBe('-A BELOWDECK-FORWARD -i bd+ -j REJECT --reject-with icmp-admin-prohibited');
  });

  it('drop traffic between sandboxes first of all', () => {
    const rules = forwarding(chainRules('filter', 4, ['abcdef012345']));
    expect(rules[0]).toContain('! -i bd+ -o bd+ -m conntrack');
    expect(rules[1]).toBe('-A BELOWDECK-FORWARD -o bd+ -j DROP');
  });

  it('say the same for IPv6 in its own words, without a mirror', () => {
    const text = chainRules('filter', 6, []).join('\n');
    // fd00:ec2::254 is a cloud's metadata.
    for (const range of ['fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96'])
      expect(text).toContain(`-d ${range} -i bd+ -j REJECT --reject-with icmp6-adm-prohibited`);
    expect(text).toContain('-A BELOWDECK-INPUT -i bd+ -j DROP');
    expect(text).not.toContain('10.214');
  });

  it('say the same in the table that Docker never touches, without the politeness', () => {
    const plain = (rules: string[]) => rules.map(rule => rule.replace(/-j (REJECT.*|DROP)$/, '-j no'));
    const strict = chainRules('security', 4, []);
    expect(strict.join('\n')).not.toContain('REJECT');
    expect(plain(strict).filter(rule => rule.endsWith('no'))).toEqual(
      plain(chainRules('filter', 4, [])).filter(rule => rule.endsWith('no') && !rule.includes('connlimit')),
    );
    expect(chainRules('security', 4, ['abcdef012345'])).toContain(`-A BELOWDECK-FORWARD -i ${own} -j RETURN`);
  });
});

/** What `iptables-save` prints of a sandbox host in order, after Docker made a network. */
function standing(family: Family = 4, egress: string[] = []): string[] {
  return [
    '*filter',
    ':DOCKER-USER - [0:0]',
    '-A INPUT -j BELOWDECK-INPUT',
    '-A FORWARD -j DOCKER-USER',
    '-A FORWARD -j DOCKER-ISOLATION-STAGE-1',
    '-A FORWARD -o bd1 -j ACCEPT',
    '-A FORWARD -j BELOWDECK-FORWARD',
    ...chainRules('filter', family, egress),
    '-A DOCKER-USER -j BELOWDECK-FORWARD',
    '-A DOCKER-USER -j RETURN',
    'COMMIT',
    '*security',
    '-A INPUT -j BELOWDECK-INPUT',
    '-A FORWARD -j BELOWDECK-FORWARD',
    ...chainRules('security', family, egress),
    'COMMIT',
  ];
}

describe('what is given to iptables-restore', () => {
  const input = (lines: string[]) => restoreInput(lines.join('\n'), 4, []);

  it('replaces our chains and leaves jumps alone that stand', () => {
    const text = input(standing());
    expect(text.match(/^:.*$/gm)).toEqual([
      ':BELOWDECK-INPUT - [0:0]',
      ':BELOWDECK-FORWARD - [0:0]',
      ':BELOWDECK-INPUT - [0:0]',
      ':BELOWDECK-FORWARD - [0:0]',
    ]);
    expect(text).not.toMatch(/^-[ID] /m);
    expect(text.match(/^COMMIT$/gm)).toHaveLength(tables.length);
  });

  it('makes what is missing, Docker’s chain too where Docker has not been yet', () => {
    const text = input([]);
    expect(text).toContain(':DOCKER-USER - [0:0]\n');
    expect(text.match(/^-I .*$/gm)).toEqual([
      '-I INPUT 1 -j BELOWDECK-INPUT',
      '-I DOCKER-USER 1 -j BELOWDECK-FORWARD',
      '-I FORWARD 1 -j BELOWDECK-FORWARD',
      '-I INPUT 1 -j BELOWDECK-INPUT',
      '-I FORWARD 1 -j BELOWDECK-FORWARD',
    ]);
  });

  it('moves a jump that somebody stands before, in the same step', () => {
    const text = input(['*filter', '-A INPUT -j ACCEPT', ...standing().slice(1)]);
    expect(text).toContain('-D INPUT -j BELOWDECK-INPUT\n-I INPUT 1 -j BELOWDECK-INPUT\n');
  });
});

describe('what somebody changed', () => {
  const drift = (lines: string[], egress: string[] = []) => findDrift(lines.join('\n'), 4, egress);
  const without = (part: string) => standing().filter(line => !line.includes(part));

  it('is nothing while all stands, also with Docker’s own rules ahead of ours in FORWARD', () => {
    expect(drift(standing())).toBeNull();
    expect(findDrift(standing(6).join('\n'), 6, [])).toBeNull();
    expect(drift(standing(4, ['b', 'a']), ['a', 'b'])).toBeNull();
  });

  it('is a flushed chain, a flushed FORWARD, a missing range, a missing table, a rule more, another order', () => {
    const last = '-A BELOWDECK-INPUT -i bd+ -j DROP';
    expect(drift(without('-A BELOWDECK-INPUT'))).toMatch('filter: the rules of BELOWDECK-INPUT');
    expect(drift(without('-A FORWARD'))).toMatch('filter: FORWARD does not begin');
    expect(drift(without('-d 169.254.0.0/16'))).toMatch('BELOWDECK-FORWARD were changed');
    expect(drift(standing().slice(0, standing().indexOf('*security')))).toMatch('security: the rules of');
    expect(drift(['*filter', '-A BELOWDECK-INPUT -j ACCEPT', ...standing().slice(1)])).toMatch('BELOWDECK-INPUT');
    expect(drift(['*filter', last, ...without(last).slice(1)])).toMatch('BELOWDECK-INPUT were changed');
  });

  it.each(['INPUT', 'FORWARD', 'DOCKER-USER'])('is a rule of somebody’s before ours in %s', chain => {
    expect(drift(['*filter', `-A ${chain} -j ACCEPT`, ...standing().slice(1)])).toBe(
      `IPv4 filter: ${chain} does not begin with ${chain === 'INPUT' ? 'BELOWDECK-INPUT' : 'BELOWDECK-FORWARD'}`,
    );
  });

  it('is a way out that nobody has any more', () => {
    expect(drift(standing(4, ['abcdef012345']))).toMatch('were changed');
  });
});
