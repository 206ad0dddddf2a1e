import { judgeAnswer as storeJudgement } from '#data/answers.ts';
import { system } from '#data/system.ts';
import { judgeAnswer } from '#domain/attempt/judge-answer.ts';
import { isResolved, type KeptAnswer } from '#domain/attempt/question-state.ts';
import { readFact } from '#domain/check/fact-query.ts';
import type { Bindings } from '#domain/check/kind.ts';
import type { Facts } from '#domain/facts/facts.ts';
import type { Question } from '#domain/lab/lab.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** Predictions that were committed to and wait for this task to pass. */
export function pendingReveals(live: LiveAttempt, task: string): { question: Question; answer: KeptAnswer }[] {
  return live.lab.steps
    .flatMap(step => step.questions)
    .flatMap(question => {
      const answer = live.answers.get(question.id);
      const waits = question.predict && question.reveal?.after === task && answer && !isResolved(answer);
      return waits ? [{ question, answer }] : [];
    });
}

/** Resolves the predictions of a task that passed, with what the learner's own sandbox shows in these facts. */
export async function revealPredictions(
  deps: AttemptDeps,
  live: LiveAttempt,
  task: string,
  facts: Facts,
  bindings: Bindings,
): Promise<void> {
  for (const { question, answer } of pendingReveals(live, task)) {
    const query = question.kind === 'live' ? question.answer : question.reveal?.fact;
    const reading = query ? readFact(query, facts, bindings) : null;
    const { correct } = judgeAnswer(question, answer.value, reading ?? undefined);
    // A live prediction that cannot be seen now stays pending; the next look tries again.
    if (correct === null) continue;
    // What the sandbox showed says more than any sentence about a wrong prediction.
    const feedback = null;
    const revealed = reading?.known ? reading.shown : null;
    await storeJudgement(deps.db, system, live.id, question.id, { correct, feedback, revealed });
    live.setAnswer(question.id, { ...answer, correct, feedback, revealed });
  }
}
