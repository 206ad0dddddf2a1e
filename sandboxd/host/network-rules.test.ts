import { describe, expect, it } from 'vitest';
import { fenceRules } from './network-rules.ts';

const lines = (text: string) => text.split('\n').filter(line => line.startsWith('-A'));
const indexOf = (rules: string[], part: string) => rules.findIndex(rule => rule.includes(part));

describe('fenceRules', () => {
  it('drops everything from sandboxes to the sandbox host but answers', () => {
    expect(lines(fenceRules(4, [])).filter(rule => rule.includes('BELOWDECK-INPUT'))).toEqual([
      '-A BELOWDECK-INPUT -i bd+ -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN',
      '-A BELOWDECK-INPUT -i bd+ -j DROP',
    ]);
  });

  it.each(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', '127.0.0.0/8'])(
    'rejects %s before it lets anybody out',
    range => {
      const rules = lines(fenceRules(4, ['abcdef012345']));
      const rejects = indexOf(rules, `-d ${range} -j REJECT`);
      expect(rejects).toBeGreaterThan(-1);
      expect(rejects).toBeLessThan(indexOf(rules, '-i bdabcdef012345 -j RETURN'));
    },
  );

  it('lets nobody out who did not ask, whoever asked', () => {
    for (const egress of [[], ['abcdef012345']]) {
      const rules = lines(fenceRules(4, egress));
      expect(rules.at(-1)).toBe('-A BELOWDECK-FORWARD -i bd+ -j REJECT --reject-with icmp-admin-prohibited');
      expect(rules.filter(rule => /-i bd[0-9a-f]+ /.test(rule))).toHaveLength(egress.length);
    }
  });

  it('drops traffic between sandboxes first of all', () => {
    const rules = lines(fenceRules(4, ['abcdef012345'])).filter(rule => rule.includes('FORWARD'));
    expect(rules[1]).toBe('-A BELOWDECK-FORWARD -o bd+ -j DROP');
    expect(rules[0]).toContain('! -i bd+');
  });

  it('says the same for IPv6 in its own words', () => {
    const text = fenceRules(6, []);
    expect(text).toContain('-d fe80::/10 -j REJECT --reject-with icmp6-adm-prohibited');
    expect(text).toContain('-A BELOWDECK-INPUT -i bd+ -j DROP');
    expect(text).not.toMatch(/\d+\.\d+\.\d+/);
  });

  it('replaces the chains in one step', () => {
    const text = fenceRules(4, []);
    expect(text.startsWith('*filter\n:BELOWDECK-INPUT - [0:0]\n:BELOWDECK-FORWARD - [0:0]\n')).toBe(true);
    expect(text.endsWith('COMMIT\n')).toBe(true);
  });
});
