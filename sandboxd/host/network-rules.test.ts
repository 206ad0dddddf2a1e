import { describe, expect, it } from 'vitest';
import { chainRules, type Family, fenceRules, findDrift } from './network-rules.ts';

const indexOf = (rules: string[], part: string) => rules.findIndex(rule => rule.includes(part));
const forwarding = (rules: string[]) => rules.filter(rule => rule.startsWith('-A BELOWDECK-FORWARD '));
const own = 'bdabcdef012345';

describe('the rules of the fence', () => {
  it('let from sandboxes to the sandbox host only answers and the mirror', () => {
    const mirror = '-A BELOWDECK-INPUT -d 10.214.0.1/32 -i bd+ -p tcp -m multiport --dports 5000,5001';
    expect(chainRules(4, []).filter(rule => rule.includes('BELOWDECK-INPUT'))).toEqual([
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
      const rules = chainRules(4, ['abcdef012345']);
      const rejects = indexOf(rules, `-d ${range} -i bd+ -j REJECT`);
      expect(rejects).toBeGreaterThan(-1);
      expect(rejects).toBeLessThan(indexOf(rules, `-i ${own} `));
    },
  );

  it('let nobody out who did not ask, whoever asked, and that with a bound', () => {
    expect(chainRules(4, []).some(rule => rule.includes(own))).toBe(false);
    const rules = chainRules(4, ['abcdef012345']);
    expect(rules.filter(rule => rule.includes(own))).toEqual([
      `-A BELOWDECK-FORWARD -i ${own} -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN`,
      `-A BELOWDECK-FORWARD -i ${own} -m connlimit --connlimit-above 512 --connlimit-mask 0 --connlimit-saddr -j REJECT --reject-with icmp-admin-prohibited`,
      `-A BELOWDECK-FORWARD -i ${own} -j RETURN`,
    ]);
    expect(rules.at(-1)).toBe('-A BELOWDECK-FORWARD -i bd+ -j REJECT --reject-with icmp-admin-prohibited');
  });

  it('drop traffic between sandboxes first of all', () => {
    const rules = forwarding(chainRules(4, ['abcdef012345']));
    expect(rules[0]).toContain('! -i bd+ -o bd+ -m conntrack');
    expect(rules[1]).toBe('-A BELOWDECK-FORWARD -o bd+ -j DROP');
  });

  it('say the same for IPv6 in its own words, without a mirror', () => {
    const text = fenceRules(6, []);
    // fd00:ec2::254 is a cloud's metadata.
    for (const range of ['fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96'])
      expect(text).toContain(`-d ${range} -i bd+ -j REJECT --reject-with icmp6-adm-prohibited`);
    expect(text).toContain('-A BELOWDECK-INPUT -i bd+ -j DROP');
    expect(text).not.toContain('10.214');
  });

  it('replace the chains in one step', () => {
    const text = fenceRules(4, []);
    expect(text.startsWith('*filter\n:BELOWDECK-INPUT - [0:0]\n:BELOWDECK-FORWARD - [0:0]\n')).toBe(true);
    expect(text.endsWith('COMMIT\n')).toBe(true);
  });
});

describe('what somebody changed', () => {
  const docker = ['-A FORWARD -j DOCKER-USER', '-A FORWARD -j DOCKER-ISOLATION-STAGE-1', '-A FORWARD -o bd1 -j ACCEPT'];
  const standing = (family: Family = 4, egress: string[] = []) => [
    '*filter',
    ':INPUT ACCEPT [0:0]',
    '-A INPUT -j BELOWDECK-INPUT',
    ...docker,
    '-A FORWARD -j BELOWDECK-FORWARD',
    ...chainRules(family, egress),
    '-A DOCKER-USER -j BELOWDECK-FORWARD',
    '-A DOCKER-USER -j RETURN',
    'COMMIT',
  ];
  const drift = (lines: string[], egress: string[] = []) => findDrift(lines.join('\n'), 4, egress);

  it('is nothing while all stands, also with Docker’s own rules ahead of ours in FORWARD', () => {
    expect(drift(standing())).toBeNull();
    expect(findDrift(standing(6).join('\n'), 6, [])).toBeNull();
    expect(drift(standing(4, ['b', 'a']), ['a', 'b'])).toBeNull();
  });

  it('is a flushed chain, a flushed FORWARD, a missing range, a rule more, another order', () => {
    const [inputEnd, ranges] = ['-A BELOWDECK-INPUT -i bd+ -j DROP', '-d 169.254.0.0/16'];
    expect(drift(standing().filter(line => !line.startsWith('-A BELOWDECK-INPUT')))).toMatch('BELOWDECK-INPUT');
    expect(drift(standing().filter(line => !line.startsWith('-A FORWARD')))).toMatch('FORWARD does not begin');
    expect(drift(standing().filter(line => !line.includes(ranges)))).toMatch('BELOWDECK-FORWARD were changed');
    expect(drift([...standing(), '-A BELOWDECK-INPUT -j ACCEPT'])).toMatch('BELOWDECK-INPUT were changed');
    expect(drift([inputEnd, ...standing().filter(line => line !== inputEnd)])).toMatch('BELOWDECK-INPUT were changed');
  });

  it.each(['INPUT', 'FORWARD', 'DOCKER-USER'])('is a rule of somebody’s before ours in %s', chain => {
    expect(drift([`-A ${chain} -j ACCEPT`, ...standing()])).toBe(
      `IPv4: ${chain} does not begin with ${chain === 'INPUT' ? 'BELOWDECK-INPUT' : 'BELOWDECK-FORWARD'}`,
    );
  });

  it('is a way out that nobody has any more', () => {
    expect(drift(standing(4, ['abcdef012345']))).toMatch('BELOWDECK-FORWARD were changed');
  });
});
