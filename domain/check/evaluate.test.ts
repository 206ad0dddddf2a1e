import { describe, expect, it } from 'vitest';
import type { TaskCheck } from '#domain/lab/lab.ts';
import { evaluateTask, examineTask } from './evaluate.ts';
import { AT, idOf, makeContainer, makeDaemon, makeFacts, makeProcess, makeTree } from './testing/make-facts.ts';
import { taskVerdictSchema } from './verdict.ts';

const check = (id: string, spec: TaskCheck['spec'], holds = false): TaskCheck => ({ id, spec, holds });

// The task of the lab that kills dockerd while `web` runs on.
const killDockerd = {
  id: 'kill-dockerd',
  checks: [
    check('same-nginx', { process: { of: 'web-runs', exe: 'nginx', unchanged: true } }),
    check('web-runs', { container: { name: 'web', state: 'running', image: 'nginx' } }),
    check('new-dockerd', { process: { exe: 'dockerd', restarted: true } }),
    check('no-runc', { process: { exe: 'runc', absent: true } }, true),
  ],
};
const before = makeFacts({
  at: AT - 60_000,
  containers: [makeContainer()],
  daemon: makeDaemon(),
  processes: makeTree(),
});
const newDockerd = makeProcess({ pid: 900, genuine: true, startedAt: AT - 3_000 });
const after = [...makeTree().filter(process => process.pid !== 50), newDockerd];
const answers = {};

const outcomes = (verdict: ReturnType<typeof evaluateTask>) =>
  Object.fromEntries(verdict.checks.map(({ check: id, outcome }) => [id, outcome]));

describe('evaluateTask', () => {
  it('fails before the work is done, naming the check that fails', () => {
    const now = { ...before, at: AT };
    const verdict = evaluateTask(killDockerd, { now, baseline: before, answers });
    expect(verdict.outcome).toBe('failed');
    expect(outcomes(verdict)).toEqual({
      'same-nginx': 'passed',
      'web-runs': 'passed',
      'new-dockerd': 'failed',
      'no-runc': 'passed',
    });
  });

  it('is unknown while dockerd is dead: what the kernel tells still counts', () => {
    const gaps = [{ part: 'daemon', reason: 'connection refused' }];
    const processes = makeTree().filter(process => process.pid !== 50);
    const verdict = evaluateTask(
      { ...killDockerd, checks: killDockerd.checks.slice(0, 2) },
      { now: makeFacts({ processes, gaps }), baseline: before, answers },
    );
    expect(verdict.outcome).toBe('unknown');
    expect(outcomes(verdict)).toEqual({ 'same-nginx': 'passed', 'web-runs': 'unknown' });
  });

  it('passes when all of it holds, in the order of the author and at the time of the facts', () => {
    const now = makeFacts({ containers: [makeContainer()], processes: after });
    const verdict = evaluateTask(killDockerd, { now, baseline: before, answers });
    expect(verdict.outcome).toBe('passed');
    expect(verdict.checks.map(({ check: id }) => id)).toEqual(['same-nginx', 'web-runs', 'new-dockerd', 'no-runc']);
    expect(verdict.at).toBe(AT);
    expect(taskVerdictSchema.parse(verdict)).toEqual(verdict);
  });

  it('rejects the wrong way by the check meant for it', () => {
    const restartedNginx = after.map(process => (process.containerId ? { ...process, startTicks: 7 } : process));
    const now = makeFacts({ containers: [makeContainer({ startedAt: AT - 1_000 })], processes: restartedNginx });
    const verdict = evaluateTask(killDockerd, { now, baseline: before, answers });
    expect(outcomes(verdict)).toMatchObject({ 'same-nginx': 'failed', 'web-runs': 'passed', 'new-dockerd': 'passed' });
  });

  it('says of a check that holds that it was so from the start', () => {
    const now = makeFacts({ containers: [makeContainer()], processes: after });
    const verdict = evaluateTask(killDockerd, { now, baseline: before, answers });
    expect(verdict.checks.at(-1)?.expected).toBe('no process `runc` runs, as it was from the start');
  });

  it('fails what refers to a check that found nothing, and says which', () => {
    const now = makeFacts({ containers: [], processes: makeTree() });
    const [sameNginx] = evaluateTask(killDockerd, { now, baseline: before, answers }).checks;
    expect(sameNginx?.observed).toBe(
      'check `web-runs` found no container: no container is named `web`; there is no container at all',
    );
  });

  it('does not loop over checks that refer to each other', () => {
    const checks = [
      check('a', { container: { of: 'b' } }),
      check('b', { container: { of: 'a' } }),
      check('c', { container: { name: 'web' } }),
    ];
    const verdict = evaluateTask({ id: 't', checks }, { now: before, baseline: null, answers });
    expect(outcomes(verdict)).toEqual({ a: 'unknown', b: 'unknown', c: 'passed' });
  });

  it('gives the same verdict for the same facts', () => {
    const examination = { now: makeFacts({ containers: [], processes: after }), baseline: before, answers };
    expect(evaluateTask(killDockerd, examination)).toEqual(evaluateTask(killDockerd, structuredClone(examination)));
  });
});

describe('examineTask', () => {
  it('hands on what each check found', () => {
    const now = makeFacts({ containers: [makeContainer()], processes: after });
    const { bindings } = examineTask(killDockerd, { now, baseline: before, answers });
    expect(bindings['web-runs']?.bound?.container).toEqual({ id: idOf('a'), name: 'web' });
    expect(bindings['new-dockerd']?.bound?.process).toEqual({ pid: 900, startTicks: 90_000 });
  });
});
