import { describe, expect, it } from 'vitest';
import { benchOptions } from './bench-options.ts';
import { benchGroups, benchSuites } from './measurement.ts';

describe('the options of npm run bench', () => {
  it('measures everything by default and prints a table', () => {
    expect(benchOptions([])).toEqual({ only: benchGroups, rounds: 20, json: null, markdown: false });
  });

  it('takes --json with and without a file', () => {
    expect(benchOptions(['--json']).json).toBe('-');
    expect(benchOptions(['--json', '--rounds', '3'])).toMatchObject({ json: '-', rounds: 3 });
    expect(benchOptions(['--json', 'out.json']).json).toBe('out.json');
  });

  it('measures what is named, in its own order', () => {
    expect(benchOptions(['memory', 'echo']).only).toEqual(['echo', 'memory']);
    expect(benchOptions(['start', '--rounds', '2'])).toMatchObject({ only: benchSuites.start, rounds: 2 });
    expect(benchOptions(['--json', 'hostile'])).toMatchObject({ only: ['hostile'], json: '-' });
  });

  it.each([['speed'], ['--rounds', '0'], ['--fast']])('refuses %s %s with the usage', (...args) => {
    expect(() => benchOptions(args.filter(Boolean))).toThrow('Usage: npm run bench');
  });
});
