import { expect, test } from 'vitest';
import { placementProblems } from './check-placement.ts';
import type { Step } from './lab.ts';
import type { OutlinedDirective } from './outline.ts';
import { problemText } from './problem.ts';

const source = { file: 's.md', lineOf: () => 3 };
const step = { slug: 's', title: 'S', body: '', tasks: [{ id: 'run' }], questions: [{ id: 'why' }] } as unknown as Step;

const leaf = (name: string, label: string, line = 9): OutlinedDirective => ({
  kind: 'leaf',
  name,
  label,
  attributes: {},
  line,
});
const placed = [leaf('task', 'run'), leaf('question', 'why')];

function told(directives: OutlinedDirective[]): string[] {
  return placementProblems(source, step, { directives, links: [], blocks: [], html: [] }).map(problemText);
}

test('everything once: nothing to tell', () => {
  expect(told([...placed, { kind: 'container', name: 'truth', label: '', attributes: {}, line: 4 }])).toEqual([]);
  expect(
    told([...placed, { kind: 'container', name: 'when', label: '', attributes: { cgroup: '2' }, line: 4 }]),
  ).toEqual([]);
});

test('what is left out is told at its place in the front matter', () => {
  expect(told([leaf('task', 'run')])).toEqual([
    's.md:3 questions.why: is nowhere in the text → Put ::question[why] where it belongs.',
  ]);
});

test('what stands twice, or is of the other sort, is told at its line', () => {
  expect(told([...placed, leaf('task', 'run', 12)])).toEqual([
    's.md:12 ::task[run]: stands in the text more than once → Keep one.',
  ]);
  expect(told([...placed, leaf('task', 'why', 12)])).toEqual([
    's.md:12 ::task[why]: no task of this step has that id → Known here: run.',
  ]);
});

test('a box is a container, a place is a leaf', () => {
  expect(told([...placed, leaf('note', '', 5)])[0]).toMatch(/^s\.md:5 ::note: unknown directive/);
  expect(told([...placed, { kind: 'container', name: 'task', label: '', attributes: {}, line: 6 }])[0]).toMatch(
    /^s\.md:6 :::task: unknown directive/,
  );
});

test.each<Record<string, string>>([{}, { cgroup: '3' }, { cgroup: '1', arch: 'arm64' }])(
  'a condition we do not know: %j',
  attributes => {
    expect(told([...placed, { kind: 'container', name: 'when', label: '', attributes, line: 5 }])[0]).toMatch(
      /^s\.md:5 :::when: expected the attribute/,
    );
  },
);
