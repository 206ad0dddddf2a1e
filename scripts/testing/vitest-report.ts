import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../setup/paths.ts';
import type { Counts } from './stages.ts';

/** What vitest's JSON reporter writes, as far as it is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/** Lines of one failure that are told again at the end of a run. */
const MESSAGE_LINES = 6;

/** What a run of vitest counted, by its JSON report. Skipped tests count as failed. */
export function readVitestReport(json: string): Counts {
  const report = JSON.parse(json) as VitestReport;
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed, failures: failuresOf(report) };
}

/** One text per test that did not pass, and per file that could not be run: where, which, why. */
function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.startsWith(root) ? relative(root, name) : name;
    const tests = assertionResults
      .filter(test => test.status !== 'passed')
      .map(test => `${file} › ${test.fullName} (${test.status})${shortly(test.failureMessages?.join('\n') ?? '')}`);
    return tests.length === 0 && status !== 'passed' ? [`${file}${shortly(message)}`] : tests;
  });
}

function shortly(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter(line => line.trim() !== '' && !line.includes('node_modules'));
  return lines
    .slice(0, MESSAGE_LINES)
    .map(line => `\n      ${line}`)
    .join('');
}
