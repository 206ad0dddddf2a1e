import { describe, expect, it } from 'vitest';
import { benchJson, benchTable, brokenAims, figure, tableRows } from './bench-table.ts';
import type { Measurement } from './measurement.ts';

const echo: Measurement = {
  id: 'echo',
  metric: 'keystroke to echo',
  unit: 'ms',
  samples: [1, 2, 3],
  peers: [
    { name: 'raw pty', samples: [0.5, 0.5, 0.5] },
    { name: 'ttyd', samples: [], note: 'could not be had: no network' },
  ],
  aim: { text: 'p50 ≤ 1.2 × ttyd', holds: (ours, peer) => (peer('ttyd') ? ours.p50 < 1 : null) },
  note: 'one key at a time',
};

describe('the table', () => {
  it('puts each peer beside ours, with the ratio of the medians', () => {
    const [raw, ttyd] = tableRows([echo]);
    expect(raw).toEqual([
      'keystroke to echo, ms',
      '2.00 / 3.00 (3)',
      'raw pty',
      '0.50 / 0.50 (3)',
      '4.00',
      'p50 ≤ 1.2 × ttyd',
      '',
    ]);
    expect(ttyd).toEqual(['', '', 'ttyd', 'could not be had: no network', '–', '', '']);
  });

  it('says whether an aim was reached', () => {
    const late = { ...echo, peers: [{ name: 'ttyd', samples: [1] }] };
    expect(tableRows([late])[0]?.at(-1)).toBe('missed');
    const alone: Measurement = { ...echo, peers: [], aim: { text: 'p95 < 4', holds: ours => ours.p95 < 4 } };
    expect(tableRows([alone])[0]?.at(-1)).toBe('reached');
  });

  it('can be pasted as Markdown, with its notes below', () => {
    const lines = benchTable([echo], true).split('\n');
    expect(lines[1]).toMatch(/^\|(---\|){7}$/);
    expect(lines.at(-1)).toBe('- keystroke to echo: one key at a time');
  });
});

describe('aims that were missed', () => {
  const aim = { text: 'p50 ≤ peer', holds: (own: { p50: number }) => own.p50 <= 1 };

  it('are told where they must not be, and only there', () => {
    expect(brokenAims([{ ...echo, aim: { ...aim, binding: true } }])).toEqual(['keystroke to echo: p50 ≤ peer']);
    expect(brokenAims([{ ...echo, aim }, { ...echo, samples: [1], aim: { ...aim, binding: true } }, echo])).toEqual([]);
  });
});

describe('the JSON', () => {
  it('has summaries, samples and whether the aim was reached', () => {
    const [written] = benchJson([echo]) as Record<string, unknown>[];
    expect(written).toMatchObject({
      id: 'echo',
      ours: { n: 3, p50: 2, samples: [1, 2, 3] },
      peers: [
        { name: 'raw pty', p50: 0.5 },
        { name: 'ttyd', samples: [] },
      ],
      aim: { reached: null },
    });
  });
});

it('writes figures with the digits that mean something', () => {
  expect([0.123, 1.5, 12.34, 123.4, -45.67].map(figure)).toEqual(['0.12', '1.50', '12.3', '123', '-45.7']);
});
