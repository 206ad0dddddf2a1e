import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../setup/paths.ts';
import { readVitestReport } from './vitest-report.ts';

function failuresOf(assertionResults: object[], status = 'failed', message = '') {
  const file = { name: join(root, 'tests/a.test.ts'), status, message, assertionResults };
  return readVitestReport(JSON.stringify({ testResults: [file] })).failures;
}

it('counts skipped and unwritten tests as failed', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3, testResults: [] };
  expect(readVitestReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 6, failures: [] });
});

it('tells where, which and why of every test that did not pass', () => {
  const why =
    '\u001b[31mError: expected 1 to be 2\u001b[39m\n    at a.test.ts:3\n    at node_modules/vitest/index.js:1';
  const report = [
    { status: 'passed', fullName: 'a holds' },
    { status: 'failed', fullName: 'a breaks', failureMessages: [why] },
    { status: 'skipped', fullName: 'a rests', failureMessages: [] },
  ];
  expect(failuresOf(report)).toEqual([
    'tests/a.test.ts › a breaks (failed)\n      Error: expected 1 to be 2\n          at a.test.ts:3',
    'tests/a.test.ts › a rests (skipped)',
  ]);
});

it('tells a file that could not be run', () => {
  expect(failuresOf([], 'failed', 'Cannot find module')).toEqual(['tests/a.test.ts\n      Cannot find module']);
  expect(failuresOf([], 'passed')).toEqual([]);
});
