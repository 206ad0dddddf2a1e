import type { ProofSummary } from './proof.ts';

export interface ProofResult {
  passed: number;
  failed: number;
  flakeRate: number;
  repeat: number;
  seconds: number;
  summaries: ProofSummary[];
}

const wide = 100;

function short(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

function row({ first, runs, passes, worstMs, seen }: ProofSummary): string {
  const mark = passes === runs ? '✓' : '✗';
  const count = runs === 1 ? '' : ` ${passes}/${runs}`;
  const time = worstMs === null ? '' : ` (worst ${worstMs} ms)`;
  return `  ${mark}${count} ${first.kind.padEnd(8)} ${short(first.what, wide)}${time}\n      ${short(seen, passes === runs ? wide : 1_000)}`;
}

/** What was proven, lab by lab and step by step, and the closing line. */
export function proofTable({ summaries, passed, failed, flakeRate, repeat, seconds }: ProofResult): string {
  const lines: string[] = [];
  let heading = '';
  for (const summary of summaries) {
    const place = `${summary.first.lab} / ${summary.first.step}`;
    if (place !== heading) lines.push('', place);
    heading = place;
    lines.push(row(summary));
  }
  const flakes = `${(flakeRate * 100).toFixed(1)} % flaked over ${repeat} ${repeat === 1 ? 'run' : 'runs'}`;
  return `${lines.join('\n')}\n\n${passed} proven, ${failed} not, ${flakes}, ${seconds} s`;
}
