import type { Measurement } from './measurement.ts';
import { type Summary, summarise } from './summary.ts';

const heads = ['metric', 'ours p50 / p95', 'peer', 'p50 / p95', 'ours ÷ peer', 'aim', ''];

/** One line per measurement and peer; figures that a reader compares stand in one column. */
export function tableRows(measurements: readonly Measurement[]): string[][] {
  return measurements.flatMap(one => {
    const ours = summarise(one.samples);
    const peers = one.peers.length > 0 ? one.peers : [{ name: '–', samples: [] as number[] }];
    return peers.map((peer, index) => {
      const theirs = peer.samples.length > 0 ? summarise(peer.samples) : null;
      return [
        index === 0 ? `${one.metric}, ${one.unit}` : '',
        index === 0 ? `${pair(ours)} (${ours.n})` : '',
        peer.name,
        theirs ? `${pair(theirs)} (${theirs.n})` : ((peer as { note?: string }).note ?? '–'),
        theirs && theirs.p50 !== 0 ? figure(ours.p50 / theirs.p50) : '–',
        index === 0 ? (one.aim?.text ?? '–') : '',
        index === 0 ? reached(one, ours) : '',
      ];
    });
  });
}

/** The table for a screen, or to be pasted into a Markdown file. */
export function benchTable(measurements: readonly Measurement[], markdown: boolean): string {
  const lines = [heads, ...tableRows(measurements)];
  if (markdown) {
    const written = lines.map(cells => `| ${cells.join(' | ')} |`);
    return [written[0], `|${heads.map(() => '---').join('|')}|`, ...written.slice(1), ...notes(measurements)].join(
      '\n',
    );
  }
  const widths = heads.map((_, column) => Math.max(...lines.map(cells => cells[column]?.length ?? 0)));
  const text = lines.map(cells => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [...text.map(line => line.trimEnd()), ...notes(measurements)].join('\n');
}

/** The figures as they go into the JSON file. */
export function benchJson(measurements: readonly Measurement[]): unknown[] {
  return measurements.map(({ aim, samples, peers, ...rest }) => {
    const ours = summarise(samples);
    return {
      ...rest,
      ours: { ...ours, samples: samples.map(round) },
      peers: peers.map(peer => ({
        ...peer,
        samples: peer.samples.map(round),
        ...(peer.samples.length > 0 ? summarise(peer.samples) : {}),
      })),
      aim: aim ? { text: aim.text, reached: aim.holds(ours, summaryOf({ peers })) } : null,
    };
  });
}

/** Aims that were missed and must not be, in words. */
export function brokenAims(measurements: readonly Measurement[]): string[] {
  return measurements
    .filter(one => one.aim?.binding && one.aim.holds(summarise(one.samples), summaryOf(one)) === false)
    .map(one => `${one.metric}: ${one.aim?.text}`);
}

function reached(one: Measurement, ours: Summary): string {
  const holds = one.aim?.holds(ours, summaryOf(one)) ?? null;
  if (holds === null) return '';
  return holds ? 'reached' : 'missed';
}

function summaryOf({ peers }: Pick<Measurement, 'peers'>): (name: string) => Summary | null {
  return name => {
    const peer = peers.find(one => one.name === name);
    return peer && peer.samples.length > 0 ? summarise(peer.samples) : null;
  };
}

function notes(measurements: readonly Measurement[]): string[] {
  const told = measurements.filter(one => one.note).map(one => `- ${one.metric}: ${one.note}`);
  return told.length > 0 ? ['', ...told] : [];
}

function pair({ p50, p95 }: Summary): string {
  return `${figure(p50)} / ${figure(p95)}`;
}

/** Three digits that mean something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
