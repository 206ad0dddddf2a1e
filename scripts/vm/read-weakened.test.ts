import { expect, it } from 'vitest';
import { readWeakened } from './read-weakened.ts';

it('counts attacks that succeed without their fence', () => {
  expect(readWeakened('\n✓ succeeds a memory hog\n\n4 attacks succeed without limits, 0 do not\n')).toEqual({
    passed: 4,
    failed: 0,
  });
  expect(readWeakened('3 attacks succeed without limits, 1 do not')).toEqual({ passed: 3, failed: 1 });
});

it('counts nothing of a run that never came so far, which an honest stage takes for a failure', () => {
  expect(readWeakened('it never came so far')).toEqual({ passed: 0, failed: 0 });
});
