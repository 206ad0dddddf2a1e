import { describe, expect, it } from 'vitest';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import { untouchedTask } from '#domain/attempt/next-task-state.ts';
import { type AttemptState, foldMessage } from './attempt-state.ts';

const attempt: AttemptView = {
  id: 'a',
  course: 'c',
  lab: 'l',
  status: 'active',
  startedAt: 1,
  finishedAt: null,
  step: 'one',
  stepsOpened: ['one'],
  tasks: [untouchedTask('t1'), untouchedTask('t2')],
  questions: [],
  sandbox: null,
  ticket: null,
  problem: null,
};
const state: AttemptState = { attempt, host: 'reachable', ports: null, fences: [] };

describe('foldMessage', () => {
  it('replaces one task and leaves the rest', () => {
    const next = foldMessage(state, { type: 'task', task: { ...untouchedTask('t2'), state: 'passed', passedAt: 5 } });
    expect(next.attempt.tasks.map(task => task.state)).toEqual(['open', 'passed']);
    expect(next.attempt.tasks[0]).toBe(attempt.tasks[0]);
  });

  it('takes in a question it did not know', () => {
    const question = { question: 'q', value: [1], correct: null, tries: 1, feedback: null, why: null, revealed: null };
    expect(foldMessage(state, { type: 'question', question }).attempt.questions).toEqual([question]);
  });

  it('takes in open ports, and keeps them when the sandbox says something else', () => {
    const told = { sandboxId: 's', ports: [{ port: 8080, reach: 'anywhere' as const, container: null }] };
    const next = foldMessage(state, { type: 'ports', ...told });
    expect(next.ports).toEqual(told);
    const sandbox = { type: 'sandbox', sandbox: null, ticket: null, problem: null, host: 'reachable' } as const;
    expect(foldMessage(next, sandbox).ports).toBe(next.ports);
  });

  it('keeps what it knows of the host when the whole attempt comes', () => {
    const lost = foldMessage(state, {
      type: 'sandbox',
      sandbox: null,
      ticket: null,
      problem: null,
      host: 'unreachable',
    });
    expect(foldMessage(lost, { type: 'attempt', attempt }).host).toBe('unreachable');
  });
});
