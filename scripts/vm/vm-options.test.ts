import { describe, expect, it } from 'vitest';
import { vmGroups } from './vm-groups.ts';
import { vmOptions } from './vm-options.ts';

describe('the options of npm run test:vm', () => {
  it('runs every group by default, on whatever runs the guest fastest, and stops the machine', () => {
    expect(vmOptions([])).toEqual({ only: vmGroups, files: [], keep: false, accelerator: null });
  });

  it('runs single groups and files, and keeps the machine', () => {
    const options = vmOptions(['--only', 'security,weaken', '--file', 'escape', '--keep', '--accelerator', 'tcg']);
    expect(options.only.map(group => group.name)).toEqual(['security', 'weaken']);
    expect(options).toMatchObject({ files: ['escape'], keep: true, accelerator: 'tcg' });
  });

  it.each([['--only', 'speed'], ['--accelerator', 'hvf'], ['--fast']])('refuses %s %s with the usage', (...args) => {
    expect(() => vmOptions(args.filter(Boolean))).toThrow('Usage: npm run test:vm');
  });
});
