import type { VerdictState } from '#components/ui/verdict-look.ts';
import type { TaskState } from '#domain/attempt/attempt.ts';

/** What a task's badge shows: its state; while it is open, what the last look said. */
export function taskLook(task: TaskState | undefined): VerdictState {
  if (!task) return 'open';
  if (task.state !== 'open') return task.state;
  if (task.verdict?.outcome === 'unknown') return 'unknown';
  // Not done yet is no failure: it turns red only once somebody tried.
  return task.attempts > 0 ? 'failed' : 'open';
}

const words: Record<VerdictState, string> = {
  passed: 'Done',
  failed: 'Not yet',
  unknown: 'Cannot be seen now',
  undone: 'Done, then undone',
  open: 'To do',
};

export function taskWords(task: TaskState | undefined): string {
  return words[taskLook(task)];
}
