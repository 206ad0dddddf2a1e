import { expect, it } from 'vitest';
import type { ProcessFact } from '#domain/facts/facts.ts';
import { processRows } from './process-rows.ts';

const namespaces = { cgroup: '1', ipc: '1', mnt: '1', net: '1', pid: '1', user: '1', uts: '1' };
const process = (pid: number, ppid: number): ProcessFact => ({
  outerPid: pid + 1_000,
  pid,
  innerPid: pid,
  ppid,
  startTicks: 0,
  startedAt: 0,
  uid: 0,
  state: 'S',
  comm: `p${pid}`,
  exe: null,
  genuine: null,
  argv: [],
  containerId: null,
  namespaces,
});
const shape = (rows: ReturnType<typeof processRows>) => rows.map(row => `${' '.repeat(row.depth)}${row.process.pid}`);

it('puts children below their parents, level by PID', () => {
  expect(shape(processRows([process(30, 10), process(10, 1), process(1, 0), process(20, 1)]))).toEqual([
    '1',
    ' 10',
    '  30',
    ' 20',
  ]);
});

it('keeps whose parent was not seen', () => {
  expect(shape(processRows([process(7, 99), process(8, 7)]))).toEqual(['7', ' 8']);
});

it('ends on facts that make no tree', () => {
  const rows = processRows([process(5, 6), process(6, 5), process(9, 9)]);
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map(row => row.process.pid))).toEqual(new Set([5, 6, 9]));
});
