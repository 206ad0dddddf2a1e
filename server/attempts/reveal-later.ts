import type { QuestionState } from '#domain/attempt/attempt.ts';
import { toQuestionState } from '#domain/attempt/question-state.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { look } from './look.ts';

/** A prediction given after its task had passed is revealed at once, by a look of its own. Null when it still waits. */
export async function revealLater(
  deps: AttemptDeps,
  live: LiveAttempt,
  question: string,
  after: string,
): Promise<QuestionState | null> {
  const { step } = live.getTask(after);
  if (live.taskState(after).passedAt === null || !deps.sandboxd.reachable) return null;
  await look(deps, live, step);
  return toQuestionState(live.getQuestion(question).question, live.answers.get(question) ?? null);
}
