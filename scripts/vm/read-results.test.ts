import { expect, it } from 'vitest';
import { readReport, readWeakened } from './read-results.ts';

const report = (counts: object) =>
  JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, ...counts });

it('counts what vitest reports, skipped tests as failed', () => {
  expect(readReport(0, report({}))).toEqual({ passed: 5, failed: 0 });
  expect(readReport(0, report({ numFailedTests: 1, numPendingTests: 2 }))).toEqual({ passed: 5, failed: 3 });
});

it('takes a run that ended badly, or whose report is missing, for a failure', () => {
  expect(readReport(1, report({}))).toEqual({ passed: 5, failed: 1 });
  expect(readReport(0, 'none').failed).toBe(1);
  expect(readReport(0, report({ numPassedTests: 0 })).failed).toBe(1);
});

it('counts attacks that succeed without their fence', () => {
  expect(readWeakened(0, '\n✓ succeeds a memory hog\n\n4 attacks succeed without limits, 0 do not\n')).toEqual({
    passed: 4,
    failed: 0,
  });
  expect(readWeakened(1, '3 attacks succeed without limits, 1 do not')).toEqual({ passed: 3, failed: 1 });
  expect(readWeakened(0, 'it never came so far').failed).toBe(1);
});
