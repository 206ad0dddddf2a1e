import type { Question } from '../lab/lab.ts';
import type { AnswerValue, QuestionState } from './attempt.ts';
import { attemptLimits } from './attempt-limits.ts';

/** An answer as it is kept. */
export interface KeptAnswer {
  value: AnswerValue;
  correct: boolean | null;
  tries: number;
  feedback: string | null;
  revealed: string | null;
}

/** A prediction is resolved once it was judged or shown; the author's explanation waits for that. */
export function isResolved(answer: KeptAnswer): boolean {
  return answer.correct !== null || answer.revealed !== null;
}

/** Whether the explanation may be shown: a prediction's after its reveal; others' once right, or after enough tries. */
export function isWhyDue(question: Question, answer: KeptAnswer | null): boolean {
  if (!answer) return false;
  if (question.predict) return isResolved(answer);
  return answer.correct === true || answer.tries >= attemptLimits.triesBeforeWhy;
}

/** The state of a question as its learner may see it. */
export function toQuestionState(question: Question, answer: KeptAnswer | null): QuestionState {
  return {
    question: question.id,
    value: answer?.value ?? null,
    correct: answer?.correct ?? null,
    tries: answer?.tries ?? 0,
    feedback: answer?.feedback ?? null,
    why: isWhyDue(question, answer) && question.why ? question.why : null,
    revealed: answer?.revealed ?? null,
  };
}
