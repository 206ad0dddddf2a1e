import { describe, expect, it } from 'vitest';
import { vmGroups } from './vm-groups.ts';
import { vmOptions } from './vm-options.ts';

describe('the options of npm run test:vm', () => {
  it('runs every group by default, on whatever runs the guest fastest, and stops the machine', () => {
    expect(vmOptions([])).toEqual({ only: vmGroups, files: [], all: false, keep: false, accelerator: null, clock: 4 });
  });

  it('runs single groups and files, and keeps the machine', () => {
    const args = ['--only', 'security,weaken-limits', '--file', 'escape', '--all', '--keep', '--accelerator', 'tcg'];
    const options = vmOptions([...args, '--clock', '20']);
    expect(options.only.map(group => group.name)).toEqual(['security', 'weaken-limits']);
    expect(options).toMatchObject({ files: ['escape'], all: true, keep: true, accelerator: 'tcg', clock: 20 });
  });

  it.each([['--only', 'speed'], ['--accelerator', 'hvf'], ['--clock', '0'], ['--fast']])(
    'refuses %s %s with the usage',
    (...args) => {
      expect(() => vmOptions(args.filter(Boolean))).toThrow('Usage: npm run test:vm');
    },
  );
});
