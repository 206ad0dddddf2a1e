import { describe, expect, it } from 'vitest';
import type { PreflightStatus, ProbeResult } from '#domain/protocol/preflight.ts';
import { reportMachine, reportPreflight } from './doctor-preflight.ts';

const probe = (id: string, kind: ProbeResult['kind'], verdict: ProbeResult['verdict']): ProbeResult => ({
  ...{ id, kind, verdict, title: `try ${id}`, measured: `saw ${id}`, remedy: verdict === 'ok' ? '' : `mend ${id}` },
});
const status = (change: Partial<PreflightStatus>): PreflightStatus => ({
  ...{ state: 'passed', at: 1_000, ms: 2_040, accepted: [], probes: [] },
  ...change,
});

describe('what doctor prints of a sandbox host', () => {
  it('is every probe, with when it was found', () => {
    const probes = [probe('kernel', 'machine', 'ok'), probe('core', 'escape', 'ok')];
    const { lines, bad } = reportPreflight(status({ probes }));
    expect(bad).toBe(0);
    expect(lines).toContain('Preflight: sandboxes hold on this machine (1970-01-01T00:00:01.000Z, 2.0 s)');
    expect(lines).toContain('✓ kernel  try kernel: saw kernel');
    expect(lines).toContain('✓ core  try core: saw core');
  });

  it('has the remedy of what refuses and of what warns, and the setting that accepts it', () => {
    const probes = [
      probe('keys', 'machine', 'warn'),
      probe('core', 'escape', 'refuse'),
      probe('bpf', 'escape', 'refuse'),
    ];
    const { lines, bad } = reportPreflight(status({ state: 'refused', probes, accepted: ['bpf'] }));
    expect(bad).toBe(1);
    expect(lines).toContain('! keys  try keys: saw keys');
    expect(lines).toContain('  → mend keys');
    expect(lines).toContain('✗ core  try core: saw core');
    expect(lines).toContain('✗ bpf   try bpf: saw bpf (accepted)');
    expect(lines.at(-1)).toMatch(/BELOWDECK_ACCEPT_UNSAFE_SANDBOXES=core npm start$/);
  });

  it('says what is open while there is no verdict, and what to do', () => {
    const waiting = reportPreflight(status({ state: 'waiting', at: null, ms: null }));
    expect(waiting.open).toMatch(/not known yet.*waits for the engine and the lab image.*npm start/);
    const running = reportPreflight(status({ state: 'running', at: null, ms: null }));
    expect(running.open).toMatch(/not known yet.*Run this again/);
    expect(reportPreflight(null).open).toMatch(/another version/);
    for (const state of ['passed', 'accepted', 'refused'] as const)
      expect(reportPreflight(status({ state })).open).toBeNull();
  });
});

it('prints this machine alone where no sandbox host runs, and says so', async () => {
  const { lines, open } = await reportMachine('linux');
  expect(open).toContain('no escape was tried');
  expect(lines[1]).toContain('no escape was tried');
  expect(lines.join('\n')).toMatch(/kernel-release +Kernel: Linux \d/);
  expect(lines.join('\n')).not.toContain('packet-filters');
  expect((await reportMachine('darwin')).lines).toHaveLength(2);
});
