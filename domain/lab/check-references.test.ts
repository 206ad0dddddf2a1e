import { describe, expect, test } from 'vitest';
import type { CheckSpec } from '../check/spec.ts';
import { referenceProblems } from './check-references.ts';
import type { Lab, Mutant, Question, Step, TaskCheck } from './lab.ts';

function check(id: string, spec: CheckSpec, holds = false): TaskCheck {
  return { id, spec, holds };
}
const webRuns = check('web-runs', { container: { name: 'web', state: 'running' } });

function step(slug: string, checks: TaskCheck[], mutants: Mutant[] = [], questions: Question[] = []): Step {
  const task = { id: `${slug}-task`, goal: '', checks, hints: [], solution: '', mutants };
  return { slug, title: slug, body: '', tasks: checks.length > 0 ? [task] : [], questions };
}

function told(...steps: Step[]): string[] {
  const sources = steps.map(({ slug }) => ({ file: slug, lineOf: () => 1 }));
  return referenceProblems({ steps } as Lab, sources).map(({ file, field, message }) => `${file} ${field}: ${message}`);
}

const live = (of: string): Question => ({
  id: 'pid',
  kind: 'live',
  ask: '',
  why: '',
  predict: false,
  reveal: null,
  answer: { process: { exe: 'nginx', of }, show: 'pid' },
});
const prediction = (after: string, of = 'web'): Question => ({
  id: 'guess',
  kind: 'number',
  ask: '',
  why: '',
  predict: true,
  value: 1,
  tolerance: 0,
  unit: null,
  reveal: { after, fact: { container: { name: of }, show: 'pid' } },
});

describe('checks', () => {
  test('may refer to checks of their task and to containers that a check of the lab names', () => {
    const ofCheck = check('nginx', { process: { of: 'web-runs', exe: 'nginx' } });
    const ofContainer = check('guest', { process: { exe: 'busybox', namespaces: { with: 'web', shared: ['pid'] } } });
    const toSandbox = check('own', { process: { of: 'web-runs', namespaces: { with: 'sandbox', differ: ['pid'] } } });
    expect(told(step('a', [webRuns, ofCheck, toSandbox]), step('b', [ofContainer]))).toEqual([]);
  });

  test('may not refer to a check of another task', () => {
    const [problem] = told(
      step('a', [webRuns]),
      step('b', [check('nginx', { process: { of: 'web-runs', exe: 'nginx' } })]),
    );
    expect(problem).toMatch(/^b tasks\.b-task\.checks\.nginx: refers to web-runs, which is neither/);
  });

  test('that hold from the start need a mutant that breaks them', () => {
    const holds = check('no-runc', { process: { exe: 'runc', absent: true } }, true);
    expect(told(step('a', [holds]))).toEqual([
      'a tasks.a-task.checks.no-runc: is true from the start (`holds`), so nothing shows that it can fail',
    ]);
    expect(told(step('a', [holds], [{ run: 'x', rejects: 'no-runc' }]))).toEqual([]);
  });

  test('of an answer name a question of the lab, in whatever step', () => {
    const answered = check('answered', { answer: { question: 'pid' } });
    expect(told(step('a', [answered, webRuns]), step('b', [], [], [live('web')]))).toEqual([]);
    expect(told(step('a', [answered]))).toEqual(['a tasks.a-task.checks.answered: `pid` is no question of this lab']);
  });
});

test('mutants name a check of their own task', () => {
  const mutants = [{ run: 'x', rejects: 'nginx' }];
  expect(told(step('a', [webRuns], mutants), step('b', [check('nginx', { container: { name: 'web' } })]))).toEqual([
    'a tasks.a-task.mutants[0].rejects: `nginx` is not a check of this task',
  ]);
});

describe('questions', () => {
  test('about a container that no check names', () => {
    expect(told(step('a', [webRuns], [], [live('web')]))).toEqual([]);
    expect(told(step('a', [webRuns], [], [live('wob')]))[0]).toMatch(
      /^a questions\.pid\.answer\.process\.of: `wob` is neither/,
    );
  });

  test('predictions are revealed by a task of this or an earlier step', () => {
    expect(told(step('a', [webRuns], [], [prediction('a-task')]))).toEqual([]);
    expect(told(step('a', [webRuns]), step('b', [], [], [prediction('a-task')]))).toEqual([]);
    expect(told(step('a', [], [], [prediction('b-task')]), step('b', [webRuns]))).toEqual([
      'a questions.guess.reveal.after: `b-task` is not a task of this or an earlier step',
    ]);
  });
});

test('ids are unique in the whole lab, tasks and questions together', () => {
  const twice = { ...live('web'), id: 'a-task' };
  expect(told(step('a', [webRuns]), step('b', [], [], [twice]))).toEqual([
    'b questions.a-task: the id is taken already',
  ]);
});
