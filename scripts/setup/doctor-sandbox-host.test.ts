import { describe, expect, it } from 'vitest';
import { conclude, type DoctorStatus, judgeSandboxHost } from './doctor-sandbox-host.ts';

const status = (change: Partial<DoctorStatus> = {}): DoctorStatus => ({
  ...{ engine: { up: true, version: '26.1.5' }, cgroupVersion: '2', kernel: '6.12', sandboxes: 3, pool: { warm: 2 } },
  ...change,
});
const logs = 'docker logs belowdeck-1a2b3c4d';

describe('what doctor says of a sandbox host', () => {
  it('that works: nothing to do', () => {
    expect(judgeSandboxHost(status(), logs)).toEqual({
      what: 'Sandbox host',
      ok: true,
      seen: 'Docker 26.1.5, cgroup v2, kernel 6.12, 3 sandboxes (2 warm)',
      remedy: '',
    });
  });

  it('whose engine is down: that it is, and no version that nobody knows', () => {
    const { ok, seen, remedy } = judgeSandboxHost(status({ engine: { up: false, version: null } }), logs);
    expect(ok).toBe(false);
    expect(seen).toMatch(/^its own Docker does not answer, so nobody is given a sandbox; cgroup v2/);
    expect(seen).not.toContain('null');
    expect(remedy).toContain(logs);
  });

  it('whose fence does not hold: why, and how it comes back', () => {
    const { ok, seen, remedy } = judgeSandboxHost(status({ network: { problem: 'no rule stands' } }), logs);
    expect(ok).toBe(false);
    expect(seen).toMatch(/; network: no rule stands$/);
    expect(remedy).toMatch(/fence is put up again by itself/);
  });
});

it('ends with what is to mend, else with what is not known yet, else with everything being well', () => {
  expect(conclude(2, 'the preflight still runs.')).toBe('2 to mend.');
  expect(conclude(0, 'the preflight still runs.')).toBe('Nothing to mend so far, but the preflight still runs.');
  expect(conclude(0, null)).toBe('Everything is as it should be.');
});
