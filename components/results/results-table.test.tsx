import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ClassRow } from '#domain/protocol/live.ts';
import { taskColumn } from './results-column-ids.ts';
import { ResultsTable } from './results-table.tsx';
import { plainView, type TableView } from './table-address.ts';

const tasks = [
  { id: 'start', number: 1, goal: 'Start it.', step: 'Begin' },
  { id: 'name', number: 2, goal: 'Name it.', step: 'Begin' },
];
type Cell = Partial<ClassRow['cells'][number]>;

const row = (name: string, cells: [Cell, Cell] | null, change: Partial<ClassRow> = {}): ClassRow => ({
  userId: name,
  name,
  email: `${name.toLowerCase()}@example.org`,
  attemptId: cells ? `attempt-${name}` : null,
  lastActiveAt: null,
  finishedAt: null,
  cells: tasks.map((task, place) => ({
    task: task.id,
    state: 'open',
    outcome: null,
    attempts: 0,
    verdictId: null,
    ...cells?.[place],
  })),
  ...change,
});

const rows = [
  row('cleo', null),
  row(
    'Ada',
    [
      { state: 'passed', verdictId: 'v1' },
      { outcome: 'failed', attempts: 3, verdictId: 'v2' },
    ],
    {
      lastActiveAt: 2_000,
    },
  ),
  row('Bob', [{ state: 'passed' }, { state: 'passed' }], { lastActiveAt: 9_000, finishedAt: 9_000 }),
];

const draw = (view: Partial<TableView>, some = rows) =>
  renderToStaticMarkup(
    <ResultsTable rows={some} tasks={tasks} view={{ ...plainView, ...view }} onView={() => undefined} href="/here" />,
  );
const order = (html: string) =>
  [...html.matchAll(/<span class="block truncate font-semibold[^>]*>([^<]*)/g)].map(m => m[1]);

describe('ResultsTable', () => {
  it('sorts by name, whatever the case', () => {
    expect(order(draw({}))).toEqual(['Ada', 'Bob', 'cleo']);
    expect(order(draw({ descending: true }))).toEqual(['cleo', 'Bob', 'Ada']);
  });

  it('sorts a task by who needs help', () => {
    expect(order(draw({ sort: taskColumn('name') }))).toEqual(['Ada', 'cleo', 'Bob']);
  });

  it('sorts by progress: not started, working, finished', () => {
    expect(order(draw({ sort: 'progress' }))).toEqual(['cleo', 'Ada', 'Bob']);
  });

  it('puts who never worked last in both directions of last active', () => {
    expect(order(draw({ sort: 'active' }))).toEqual(['Ada', 'Bob', 'cleo']);
    expect(order(draw({ sort: 'active', descending: true }))).toEqual(['Bob', 'Ada', 'cleo']);
  });

  it('finds by name and email, and shows only those of one state', () => {
    expect(order(draw({ find: ' bob@EXAMPLE ' }))).toEqual(['Bob']);
    expect(order(draw({ progress: 'working' }))).toEqual(['Ada']);
    expect(draw({ find: 'zoe' })).toContain('Nobody fits');
  });

  it('leads to the verdict where there is one, and only there', () => {
    const links = [...draw({}).matchAll(/href="([^"]*)"/g)].map(match => match[1]);
    expect(links).toEqual(['/here/attempt-Ada/start', '/here/attempt-Ada/name']);
  });

  it('says each state and its tries in words', () => {
    const html = draw({ find: 'ada' });
    expect(html).toMatch(/Not yet<\/span><span[^>]*>3 tries/);
    expect(html).toContain('Passed');
  });

  it('shows a name as the text it is', () => {
    const html = draw({}, [row('<img src=x onerror=alert(1)>', null)]);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });
});
