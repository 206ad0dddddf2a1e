import type { AnswerValue, AttemptView, QuestionState, TaskState } from '#domain/attempt/attempt.ts';
import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import { errorTable, isErrorCode } from '#domain/protocol/errors.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';

/** A failed action: `message` and `learnerMessage` are the sentence for the learner. */
export interface ActionError extends Error {
  code: string;
  learnerMessage: string;
}

function actionError(code: string, learnerMessage: string): ActionError {
  return Object.assign(new Error(learnerMessage), { code, learnerMessage });
}

const noConnection =
  'The server could not be reached. Nothing was changed, and your progress is kept. Check your network and try again.';

async function send<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? undefined : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw actionError('unreachable', noConnection);
  }
  const json = await response.json().catch(() => null);
  if (response.ok) return json as T;
  const code = isErrorCode(json?.error?.code) ? json.error.code : 'internal';
  const said = json?.error?.message;
  throw actionError(code, typeof said === 'string' ? said : errorTable[code as keyof typeof errorTable].learner);
}

/** Everything a page can ask for one attempt. Every call throws `ActionError`. */
export function attemptApi(id: string) {
  const base = `/api/v1/attempts/${encodeURIComponent(id)}`;
  const part = (...names: string[]) => [base, ...names.map(encodeURIComponent)].join('/');
  return {
    view: () => send<AttemptView>('GET', base),
    openStep: (step: string) => send<AttemptView>('POST', part('steps', step)),
    check: (task: string) => send<TaskState>('POST', part('tasks', task, 'check')),
    hint: (task: string) => send<string[]>('POST', part('tasks', task, 'hint')),
    solution: (task: string) => send<string>('POST', part('tasks', task, 'solution')),
    answer: (question: string, value: AnswerValue) =>
      send<QuestionState>('POST', part('questions', question), { value }),
    finish: () => send<AttemptView>('POST', part('finish')),
    start: (giveUp: string[] = []) => send<StartAnswer>('POST', part('sandbox', 'start'), { giveUp }),
    reset: () => send<StartAnswer>('POST', part('sandbox', 'reset')),
    extend: () => send<Sandbox>('POST', part('sandbox', 'extend')),
    endSandbox: () => send<null>('POST', part('sandbox', 'end')),
    terminals: () => send<TerminalInfo[]>('GET', part('terminals')),
    openTerminal: (size: { cols: number; rows: number }) => send<TerminalInfo>('POST', part('terminals'), size),
    closeTerminal: (terminal: string) => send<null>('DELETE', part('terminals', terminal)),
  };
}

export type AttemptApi = ReturnType<typeof attemptApi>;
