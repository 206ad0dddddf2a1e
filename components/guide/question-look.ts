import type { VerdictState } from '#components/ui/verdict-look.ts';
import type { QuestionState } from '#domain/attempt/attempt.ts';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';

export interface QuestionLook {
  tone: VerdictState | 'waiting';
  words: string;
}

/** The badge of a question. A wrong prediction is no failure: it is where one learns. */
export function questionLook(
  question: Pick<PublicQuestion, 'predict'>,
  state: QuestionState | undefined,
): QuestionLook {
  if (!state || state.value === null) return { tone: 'open', words: question.predict ? 'Your guess' : 'To answer' };
  if (state.correct === true) return { tone: 'passed', words: question.predict ? 'Predicted right' : 'Right' };
  if (question.predict) {
    if (state.correct === false) return { tone: 'undone', words: 'It went otherwise' };
    return { tone: 'waiting', words: 'Committed' };
  }
  if (state.correct === null) return { tone: 'unknown', words: 'Could not be judged' };
  return { tone: 'failed', words: 'Not right yet' };
}
