import { expect, it } from 'vitest';
import { whyDied } from './why-died.ts';

const MiB = 1024 * 1024;
const seen = { oomKilled: false, exitCode: 137, oomKills: 0, memoryBytes: 0 };

it('calls a death at the memory limit by its name, with the value', () => {
  expect(whyDied({ ...seen, oomKills: 2, memoryBytes: 1530 * MiB })).toEqual({
    reason: 'out-of-memory',
    detail: 'used 1530 of 1536 MiB',
  });
  expect(whyDied({ ...seen, oomKilled: true }).reason).toBe('out-of-memory');
});

it('calls everything else a crash, with the exit code', () => {
  expect(whyDied(seen)).toEqual({ reason: 'crashed', detail: 'its init ended with code 137' });
  expect(whyDied({ ...seen, exitCode: null }).detail).toContain('unknown');
});
