import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/paths.ts';
import { groupCommand } from './run-group.ts';
import { filesOf, vmGroups } from './vm-groups.ts';

const named = (name: string) => vmGroups.find(group => group.name === name) as (typeof vmGroups)[number];

describe('the command of a group', () => {
  it('names the project and its files, and what is left out', () => {
    expect(groupCommand(named('integration'), ['sandbox-claims'])).toContain(`'--project' 'integration'`);
    expect(groupCommand(named('integration'), ['sandbox-claims'])).toContain(`'sandbox-claims'`);
    expect(groupCommand(named('security'), [])).toContain(`'--exclude=tests/security/platform-web.test.ts'`);
  });

  it('takes a fence away with the command that everybody has for it', () => {
    expect(groupCommand(named('weaken-limits'), [])).toMatch(/node scripts\/test-security\.ts --weaken=limits$/);
  });
});

it('runs a part of each group where the machine is emulated, unless more is asked for', () => {
  const group = named('integration');
  expect(filesOf(group, { files: [], all: false }, false)).toEqual(group.files);
  expect(filesOf(group, { files: [], all: false }, true)).toEqual(group.emulated);
  expect(filesOf(group, { files: [], all: true }, true)).toEqual(group.files);
  expect(filesOf(group, { files: ['claims'], all: false }, true)).toEqual(['claims']);
});

it('names only test files that there are', () => {
  for (const part of vmGroups.flatMap(group => [...group.files, ...group.emulated])) {
    const there = readdirSync(join(root, dirname(part))).map(name => join(dirname(part), name));
    expect(there.filter(name => name.startsWith(part))).not.toEqual([]);
  }
  for (const file of vmGroups.flatMap(group => group.exclude)) expect(existsSync(join(root, file))).toBe(true);
});
