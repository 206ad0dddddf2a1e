import { matchesLive } from '../check/fact-query.ts';
import type { Question } from '../lab/lab.ts';
import type { AnswerValue } from './attempt.ts';

/** What the learner's own sandbox answers to a live question (see `readFact`), or why it cannot be known now. */
export type LiveFact = { known: true; value: string | number; shown: string } | { known: false; reason: string };

/** `correct` null: not judged, because it could not be seen. `feedback` is one sentence and gives no right answer away. */
export interface Judgement {
  correct: boolean | null;
  feedback: string | null;
}

const right: Judgement = { correct: true, feedback: null };
const wrong = (feedback: string): Judgement => ({ correct: false, feedback });

/** Whether the value is of the form its question takes (a choice by index, a text, a number). */
export function fitsQuestion(question: Question, value: AnswerValue): boolean {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        (question.kind === 'multiple' || value.length === 1) &&
        new Set(value).size === value.length &&
        value.every(index => index >= 0 && index < question.choices.length)
      );
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
    case 'live':
      return (
        (typeof value === 'string' && value.trim() !== '') || (question.kind === 'live' && typeof value === 'number')
      );
  }
}

/** Case, surrounding blanks, runs of blanks, and one leading zero-less form do not decide whether somebody knows something. */
export function normaliseText(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function judgeChoices(choices: { text: string; correct: boolean }[], picked: number[]): Judgement {
  const wanted = choices.flatMap((choice, index) => (choice.correct ? [index] : []));
  const tooMany = picked.filter(index => !wanted.includes(index)).length;
  const missing = wanted.filter(index => !picked.includes(index)).length;
  if (tooMany === 0 && missing === 0) return right;
  if (wanted.length === 1 && picked.length === 1) {
    return wrong(
      `“${choices[picked[0] ?? 0]?.text ?? ''}” is not it. Look again in your sandbox, then choose another.`,
    );
  }
  if (tooMany === 0)
    return wrong(`What you chose is right, but ${missing === 1 ? 'one is' : `${missing} are`} missing.`);
  if (missing === 0)
    return wrong(`All right ones are among yours, but ${tooMany} too many ${tooMany === 1 ? 'is' : 'are'} chosen.`);
  return wrong(
    `${tooMany} of your choices ${tooMany === 1 ? 'does' : 'do'} not belong, and ${missing} ${missing === 1 ? 'is' : 'are'} missing.`,
  );
}

function judgeNumber(value: number, wanted: number, tolerance: number, unit: string | null): Judgement {
  if (Math.abs(value - wanted) <= tolerance) return right;
  const said = unit ? `${value} ${unit}` : String(value);
  return wrong(`${said} is too ${value > wanted ? 'high' : 'low'}.`);
}

function judgeLive(value: string, fact: LiveFact): Judgement {
  if (!fact.known) {
    return {
      correct: null,
      feedback: `Your answer is kept but could not be judged: ${fact.reason}. Answer again in a moment.`,
    };
  }
  if (matchesLive(value, fact.value)) return right;
  return wrong(
    `“${value.trim().slice(0, 80)}” is not what your sandbox showed at that moment. Look there again and answer with what you see.`,
  );
}

/**
 * Judges an answer that fits its question (see `fitsQuestion`). A live question needs `fact`: what the learner's own
 * sandbox showed at the moment of answering.
 */
export function judgeAnswer(question: Question, value: AnswerValue, fact?: LiveFact): Judgement {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return judgeChoices(question.choices, Array.isArray(value) ? value : []);
    case 'number':
      return judgeNumber(Number(value), question.value, question.tolerance, question.unit);
    case 'text':
      return question.accept.some(accepted => normaliseText(accepted) === normaliseText(String(value)))
        ? right
        : wrong(
            `“${String(value).trim().slice(0, 80)}” is not what we look for. Capitals do not matter; spelling does.`,
          );
    case 'live':
      return judgeLive(String(value), fact ?? { known: false, reason: 'your sandbox could not be looked at' });
  }
}
