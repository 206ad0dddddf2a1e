import { describe, expect, test } from 'vitest';
import { stepFrontMatterSchema, taskCheckSchema, toTask } from './step-front-matter.ts';

const task = {
  goal: 'Run it.',
  checks: { runs: { container: { name: 'web', state: 'running' } } },
  hints: ['Try.'],
  solution: 'docker run -d --name web nginx\n',
};

function issues(tasks: object) {
  const found = stepFrontMatterSchema.safeParse({ title: 'T', tasks }).error?.issues ?? [];
  return found.map(issue => `${issue.path.join('.')} ${issue.code}`);
}

describe('a check in a lab', () => {
  test('is its spec, and `holds` apart from it', () => {
    expect(taskCheckSchema.parse({ holds: true, process: { exe: 'runc', absent: true } })).toEqual({
      holds: true,
      spec: { process: { exe: 'runc', absent: true } },
    });
    expect(taskCheckSchema.parse({ container: { name: 'web', state: 'running' } }).holds).toBe(false);
  });

  test('its mistakes keep their places and codes', () => {
    expect(issues({ t: { ...task, checks: { runs: { container: { name: 'web', status: 'up' } } } } })).toEqual([
      'tasks.t.checks.runs.container unrecognized_keys',
    ]);
    expect(issues({ t: { ...task, checks: { runs: { container: { name: 'web', state: 'up' } } } } })).toEqual([
      'tasks.t.checks.runs.container.state invalid_union',
    ]);
  });
});

describe('a task', () => {
  test('keeps its checks in order, its texts without line ends', () => {
    const checks = { b: task.checks.runs, a: task.checks.runs };
    const parsed = stepFrontMatterSchema.parse({ title: 'T', tasks: { t: { ...task, checks } } });
    const built = toTask('t', parsed.tasks.t as NonNullable<typeof parsed.tasks.t>);
    expect(built.checks.map(check => check.id)).toEqual(['b', 'a']);
    expect(built.solution).toBe('docker run -d --name web nginx');
    expect(built.mutants).toEqual([]);
  });

  test.each([
    ['no check', { checks: {} }, 'tasks.t.checks custom'],
    ['no hint', { hints: [] }, 'tasks.t.hints too_small'],
    ['no solution', { solution: undefined }, 'tasks.t.solution invalid_type'],
    ['an id that is no slug', { checks: { 'Web runs': task.checks.runs } }, 'tasks.t.checks.Web runs invalid_key'],
    ['a mutant that rejects nothing', { mutants: [{ run: 'x' }] }, 'tasks.t.mutants.0.rejects invalid_type'],
  ])('%s is refused', (_name, change, expected) => {
    expect(issues({ t: { ...task, ...change } })).toEqual([expected]);
  });
});
