import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { WHERE } from '../where.ts';
import { type AnswerSpec, answerSpecSchema } from './answer-spec.ts';

function evaluate(spec: AnswerSpec, { answers }: CheckContext): Finding {
  const mustBeRight = spec.correct !== false;
  const question = `question \`${spec.question}\``;
  const expected = `${question} is answered${mustBeRight ? ' rightly' : ''}`;
  const where = WHERE.answers;
  const answer = Object.hasOwn(answers, spec.question) ? answers[spec.question] : undefined;
  if (!answer) return { outcome: 'failed', expected, observed: `${question} is not answered yet`, where };
  if (!mustBeRight || answer.correct === true) return { outcome: 'passed', expected, observed: expected, where };
  if (answer.correct === null) {
    return { outcome: 'unknown', expected, observed: `${question} is answered, but not judged yet`, where };
  }
  return { outcome: 'failed', expected, observed: `${question} is answered, but not rightly`, where };
}

/** A question of the lab, answered. Needs no facts of the sandbox. */
export const answerCheck: CheckKind<AnswerSpec> = {
  kind: 'answer',
  spec: answerSpecSchema,
  references: () => [],
  needs: () => ({}),
  evaluate,
};
