import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { PreflightStatus, ProbeResult } from '#domain/protocol/preflight.ts';
import { PreflightCard } from './preflight-card.tsx';

const probe = (id: string, kind: ProbeResult['kind'], verdict: ProbeResult['verdict']): ProbeResult => ({
  ...{ id, kind, verdict, title: `try ${id}`, measured: `saw ${id}`, remedy: verdict === 'ok' ? '' : `mend ${id}` },
});
const shown = (change: Partial<PreflightStatus>) => {
  const preflight: PreflightStatus = { state: 'passed', at: 1, ms: 2, accepted: [], probes: [], ...change };
  return renderToStaticMarkup(<PreflightCard preflight={preflight} found="found today" />);
};

describe('the verdict on the machine', () => {
  it('is said first, with how many probes went as they should', () => {
    const page = shown({ probes: [probe('kernel', 'machine', 'ok'), probe('core', 'escape', 'ok')] });
    expect(page).toContain('Yes. Every escape');
    expect(page).toContain('1 of 1 as it should be');
    expect(page).toContain('1 of 1 refused');
  });

  it('names what refuses and what to do, before anything is opened', () => {
    const page = shown({ state: 'refused', probes: [probe('core', 'escape', 'refuse'), probe('bpf', 'escape', 'ok')] });
    expect(page).toContain('No: core. Nobody is given a sandbox.');
    expect(page.indexOf('mend core')).toBeLessThan(page.indexOf('<details'));
  });

  it('goes on saying what the operator accepts', () => {
    const page = shown({ state: 'accepted', accepted: ['core'], probes: [probe('core', 'escape', 'refuse')] });
    expect(page).toContain('given away all the same');
    expect(page).toContain('(accepted)');
  });

  it('claims no more than was seen', () => {
    const page = shown({ probes: [probe('core', 'escape', 'warn')] });
    expect(page).not.toContain('Yes. Every escape');
    expect(page).toContain('As far as could be tried');
    expect(shown({ state: 'waiting' })).toContain('as soon as the lab image is loaded');
  });
});
