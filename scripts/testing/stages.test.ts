import { describe, expect, it } from 'vitest';
import { honest, runStage } from './stages.ts';

describe('honest counting', () => {
  it('counts a stage without a report as one test', () => {
    expect(honest(0, undefined)).toEqual({ passed: 1, failed: 0 });
    expect(honest(2, undefined)).toEqual({ passed: 0, failed: 1 });
  });

  it('believes a bad exit code more than a good report', () => {
    expect(honest(1, () => ({ passed: 5, failed: 0 }))).toEqual({ passed: 5, failed: 1 });
  });

  it('keeps what failed, whatever the exit code', () => {
    const counts = { passed: 5, failed: 1, failures: ['a.test.ts › breaks'] };
    expect([honest(0, () => counts), honest(1, () => counts)]).toEqual([counts, counts]);
  });

  it('takes an empty or unreadable report for a failure', () => {
    expect(honest(0, () => ({ passed: 0, failed: 0 })).failed).toBe(1);
    expect(
      honest(0, () => {
        throw new Error('no report');
      }).failed,
    ).toBe(1);
  });

  it('takes a program that cannot be started for a failure', async () => {
    expect(await runStage({ name: 'nothing', command: ['/no/such/program'] })).toMatchObject({ passed: 0, failed: 1 });
  });
});
