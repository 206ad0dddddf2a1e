import { expect, it } from 'vitest';
import { whyDied } from './why-died.ts';

const seen = { oomKilled: false, exitCode: 137, outOfMemory: false, memoryBytes: 1536 * 1024 * 1024 };

it('calls a death at the memory limit by its name, with the value', () => {
  expect(whyDied({ ...seen, outOfMemory: true })).toEqual({
    reason: 'out-of-memory',
    detail: 'all of its 1536 MiB were in use, and the kernel ended its first process',
  });
  expect(whyDied({ ...seen, oomKilled: true }).reason).toBe('out-of-memory');
});

it('calls everything else a crash, with the exit code', () => {
  expect(whyDied(seen)).toEqual({ reason: 'crashed', detail: 'its init ended with code 137' });
  expect(whyDied({ ...seen, exitCode: null }).detail).toContain('unknown');
  // Something in it was ended for want of memory once; that did not end it.
  expect(whyDied({ ...seen, exitCode: 1, oomKilled: true }).reason).toBe('crashed');
});
