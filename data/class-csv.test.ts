import { expect, it } from 'vitest';
import type { ClassRow } from '#domain/protocol/live.ts';
import { classCsv } from './class-csv.ts';

const row = (name: string): ClassRow => ({
  userId: 'ada',
  name,
  email: 'ada@example.org',
  attemptId: 'a1',
  lastActiveAt: Date.UTC(2026, 10, 22, 8),
  finishedAt: null,
  cells: [{ task: 'start', state: 'undone', outcome: 'failed', attempts: 3, verdictId: 'v1' }],
});

/** Reads RFC 4180, so that the test does not repeat how it is written. */
function parse(csv: string, separator = ','): string[][] {
  const lines: string[][] = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|$)`, 'y');
  while (cell.lastIndex < csv.length) {
    const [, quoted, plain, end] = cell.exec(csv) ?? [];
    if (end === undefined) throw new Error(`not CSV: ${csv}`);
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') lines.push([]);
  }
  return lines.filter(line => line.length > 0);
}

it('has one line per learner and three columns per task, read back as they were', () => {
  const name = 'Lovelace, "Ada"\nCountess';
  expect(parse(classCsv([row(name)], ['start', 'stop']))).toEqual([
    [
      'name',
      'email',
      'last active (UTC)',
      'finished (UTC)',
      'tasks passed',
      'start: state',
      'start: last verdict',
      'start: attempts',
      'stop: state',
      'stop: last verdict',
      'stop: attempts',
    ],
    [name, 'ada@example.org', '2026-11-22T08:00:00.000Z', '', '1', 'undone', 'failed', '3', 'open', '', '0'],
  ]);
});

it('lets no name become a formula, whatever parts the columns', () => {
  const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', 'x;=cmd|calc', 'x\t@y', 'a\n=1'];
  for (const name of evil) {
    const line = classCsv([row(name)], [])
      .split('\r\n')
      .slice(1)
      .join('\r\n');
    for (const piece of line.split(/[,;\t\r\n]/)) expect(piece, name).not.toMatch(/^"?[=+\-@＝]/);
  }
});

it('leaves ordinary names alone', () => {
  for (const name of ['Ada Lovelace', 'Jean-Luc', 'o=o', "O'Brien", '漢字'])
    expect(parse(classCsv([row(name)], []))[1]?.[0]).toBe(name);
});
