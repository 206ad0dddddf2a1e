import { expect, it } from 'vitest';
import { plainView, readTableView, type TableView, writeTableView } from './table-address.ts';

const columns = ['name', 'progress', 'active', 'task.kill-dockerd'];
const read = (address: string) => readTableView(Object.fromEntries(new URLSearchParams(address)), columns);

it('comes back from the address as it was', () => {
  const views: TableView[] = [
    plainView,
    { sort: 'name', descending: true, find: '', progress: null },
    { sort: 'task.kill-dockerd', descending: false, find: 'ada & bob', progress: 'working' },
    { sort: 'active', descending: true, find: '', progress: 'not-started' },
  ];
  for (const view of views) expect(read(writeTableView(view))).toEqual(view);
});

it('keeps the address of a plain table short', () => {
  expect(writeTableView(plainView)).toBe('');
});

it('overlooks what it does not know', () => {
  expect(read('?sort=-password&show=everything')).toEqual(plainView);
  expect(readTableView({ sort: ['a', 'b'], find: 5 }, columns)).toEqual(plainView);
});

it('bounds what is typed', () => {
  expect(read(`?find=${'x'.repeat(5_000)}`).find).toHaveLength(100);
});
