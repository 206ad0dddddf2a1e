import { type Counts, honest } from '../testing/stages.ts';

/** Counts of vitest's JSON report. Skipped tests count as failed, as does a run that ended badly or that ran nothing. */
export function readReport(code: number, report: string): Counts {
  return honest(code, () => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report);
    return { passed: numPassedTests, failed: numFailedTests + numPendingTests + numTodoTests };
  });
}

/** Counts of a weakened run: an attack that succeeds without its fence is a test that passed. */
export function readWeakened(code: number, output: string): Counts {
  return honest(code, () => {
    const [, bit, held] = /^(\d+) attacks succeed without \w+, (\d+) do not$/m.exec(output) ?? [];
    return { passed: Number(bit ?? 0), failed: Number(held ?? 0) };
  });
}
