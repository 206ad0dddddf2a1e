import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/paths.ts';
import { groupCommand } from './run-group.ts';
import { vmGroups } from './vm-groups.ts';

const named = (name: string) => vmGroups.find(group => group.name === name) as (typeof vmGroups)[number];

describe('the command of a group', () => {
  it('names the project and its files, and what is left out', () => {
    expect(groupCommand(named('integration'), [])).toContain(`'--project' 'integration'`);
    expect(groupCommand(named('integration'), [])).toContain(`'tests/integration/sandbox-limits'`);
    expect(groupCommand(named('security'), [])).toContain(`'--exclude=tests/security/platform-web.test.ts'`);
  });

  it('can be narrowed to files', () => {
    const command = groupCommand(named('integration'), ['sandbox-claims']);
    expect(command).toContain(`'sandbox-claims'`);
    expect(command).not.toContain('sandbox-limits');
  });

  it('takes a fence away with the command that everybody has for it', () => {
    expect(groupCommand(named('weaken'), [])).toMatch(/node scripts\/test-security\.ts --weaken=limits$/);
  });
});

it('names only test files that there are', () => {
  for (const part of vmGroups.flatMap(group => group.files)) {
    const there = readdirSync(join(root, dirname(part))).map(name => join(dirname(part), name));
    expect(there.filter(name => name.startsWith(part))).not.toEqual([]);
  }
  for (const file of vmGroups.flatMap(group => group.exclude)) expect(existsSync(join(root, file))).toBe(true);
});
