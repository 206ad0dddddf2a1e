import { expect, it } from 'vitest';
import { type ClassCell, cellLook, cellRank, triesText } from './cell-look.ts';

const cell = (change: Partial<ClassCell>): ClassCell => ({
  task: 'start',
  state: 'open',
  outcome: null,
  attempts: 0,
  verdictId: null,
  ...change,
});

it('shows a latched state whatever the last look said', () => {
  expect(cellLook(cell({ state: 'passed', outcome: 'failed' }))).toBe('passed');
  expect(cellLook(cell({ state: 'undone', outcome: 'failed' }))).toBe('undone');
});

it('does not call a task failed that nobody tried yet', () => {
  expect(cellLook(cell({ outcome: 'failed' }))).toBe('open');
  expect(cellLook(cell({ outcome: 'failed', attempts: 1 }))).toBe('failed');
});

it('never shows unknown as failed', () => {
  expect(cellLook(cell({ outcome: 'unknown', attempts: 4 }))).toBe('unknown');
});

it('is open where nothing is known', () => {
  expect(cellLook(undefined)).toBe('open');
  expect(cellLook(cell({}))).toBe('open');
});

it('sorts what needs help before what is done', () => {
  const failed = cellRank(cell({ outcome: 'failed', attempts: 1 }));
  const undone = cellRank(cell({ state: 'undone' }));
  const open = cellRank(cell({}));
  const passed = cellRank(cell({ state: 'passed' }));
  expect([passed, open, undone, failed].sort()).toEqual([failed, undone, open, passed]);
});

it('counts tries in words', () => {
  expect(triesText(cell({}))).toBeNull();
  expect(triesText(cell({ attempts: 1 }))).toBe('1 try');
  expect(triesText(cell({ attempts: 12 }))).toBe('12 tries');
});
