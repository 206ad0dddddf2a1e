import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { FenceAction } from '#domain/protocol/fence.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import type { SandboxPort } from '#domain/protocol/ports.ts';

/** What the page knows of its attempt: what the server said last, and nothing it made up itself. */
export interface AttemptState {
  attempt: AttemptView;
  /** Whether the sandbox host answers the web server. */
  host: 'reachable' | 'unreachable';
  /** What a sandbox has open; null: not told yet. Worth nothing once the attempt has another sandbox. */
  ports: { sandboxId: string; ports: SandboxPort[] } | null;
  /** Fences around its sandbox that acted lately, newest first. */
  fences: FenceAction[];
}

function replace<T>(list: T[], item: T, same: (one: T) => boolean): T[] {
  return list.some(same) ? list.map(one => (same(one) ? item : one)) : [...list, item];
}

/** Folds one live message into the state; each message is whole, so a missed one cannot leave half a truth behind. */
export function foldMessage(state: AttemptState, message: AttemptMessage): AttemptState {
  const { attempt } = state;
  switch (message.type) {
    case 'attempt':
      return { ...state, attempt: message.attempt };
    case 'task': {
      const tasks = replace(attempt.tasks, message.task, one => one.task === message.task.task);
      return { ...state, attempt: { ...attempt, tasks } };
    }
    case 'question': {
      const questions = replace(attempt.questions, message.question, one => one.question === message.question.question);
      return { ...state, attempt: { ...attempt, questions } };
    }
    case 'sandbox': {
      const { sandbox, ticket, problem, host } = message;
      return { ...state, attempt: { ...attempt, sandbox, ticket, problem }, host };
    }
    case 'ports':
      return { ...state, ports: { sandboxId: message.sandboxId, ports: message.ports } };
    case 'fences':
      return { ...state, fences: message.fences };
  }
}
