import { describe, expect, it } from 'vitest';
import type { TaskState } from '#domain/attempt/attempt.ts';
import { untouchedTask } from '#domain/attempt/next-task-state.ts';
import { taskLook, taskWords } from './task-look.ts';

const verdict = (outcome: 'failed' | 'unknown') => ({ task: 't', outcome, checks: [], at: 1 });
const task = (parts: Partial<TaskState>): TaskState => ({ ...untouchedTask('t'), ...parts });

describe('taskLook', () => {
  it('is calm about a task nobody has tried', () => {
    expect(taskLook(task({ verdict: verdict('failed') }))).toBe('open');
    expect(taskLook(task({ verdict: verdict('failed'), attempts: 1 }))).toBe('failed');
  });

  it('says when it cannot be seen, but not over a pass', () => {
    expect(taskLook(task({ verdict: verdict('unknown') }))).toBe('unknown');
    expect(taskLook(task({ state: 'passed', verdict: verdict('unknown') }))).toBe('passed');
  });

  it('has words for done, then undone', () => {
    expect(taskWords(task({ state: 'undone', verdict: verdict('failed') }))).toBe('Done, then undone');
  });
});
