import { expect, it } from 'vitest';
import type { ClassRow } from '#domain/protocol/live.ts';
import { foldRows } from './fold-rows.ts';

const row = (userId: string, finishedAt: number | null = null): ClassRow => ({
  userId,
  name: userId,
  email: `${userId}@example.org`,
  attemptId: null,
  lastActiveAt: null,
  finishedAt,
  cells: [],
});

it('puts a changed row in the place of the old one and leaves the others untouched', () => {
  const before = [row('ada'), row('bob'), row('cleo')];
  const after = foldRows(before, { type: 'rows', whole: false, rows: [row('bob', 5)] });
  expect(after.map(one => [one.userId, one.finishedAt])).toEqual([
    ['ada', null],
    ['bob', 5],
    ['cleo', null],
  ]);
  expect(after[0]).toBe(before[0]);
});

it('adds who joined since', () => {
  const after = foldRows([row('ada')], { type: 'rows', whole: false, rows: [row('bob')] });
  expect(after.map(one => one.userId)).toEqual(['ada', 'bob']);
});

it('forgets who left when the whole table comes again', () => {
  const after = foldRows([row('ada'), row('bob')], { type: 'rows', whole: true, rows: [row('bob')] });
  expect(after.map(one => one.userId)).toEqual(['bob']);
});
