import { z } from 'zod';
import { factQuerySchema } from '../check/spec.ts';
import type { Question } from './lab.ts';
import { slugSchema, textSchema } from './lab-yaml.ts';
import { strictObject } from './strict-object.ts';

const choiceSchema = z.union([
  textSchema(300),
  strictObject({ text: textSchema(300), correct: z.boolean().default(false) }),
]);

const answerKeys = ['choices', 'accept', 'value', 'answer'] as const;

/** One entry under `questions:`. Which of choices, accept, value, answer is there says what kind it is. */
export const questionFrontMatterSchema = strictObject({
  ask: textSchema(600),
  predict: z.boolean().default(false),
  choices: z.array(choiceSchema).min(2).max(8).optional(),
  /** Several boxes may be ticked, and all correct ones must be. */
  multiple: z.boolean().optional(),
  accept: z.array(textSchema(200)).min(1).optional(),
  value: z.number().optional(),
  tolerance: z.number().min(0).optional(),
  unit: textSchema(20).optional(),
  answer: factQuerySchema.optional(),
  why: textSchema(2_000),
  reveal: strictObject({ after: slugSchema, fact: factQuerySchema.optional() }).optional(),
}).superRefine((question, context) => {
  const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const kinds = answerKeys.filter(key => question[key] !== undefined);
  if (kinds.length !== 1) {
    say([], `expected exactly one of ${answerKeys.join(', ')}; found ${kinds.join(' and ') || 'none'}`);
  }
  if (question.choices) {
    const correct = question.choices.filter(choice => typeof choice !== 'string' && choice.correct).length;
    if (correct === 0) say(['choices'], 'expected a correct choice; mark it `{ text: …, correct: true }`');
    if (correct > 1 && !question.multiple) say(['choices'], `${correct} choices are correct; say \`multiple: true\``);
  } else if (question.multiple !== undefined) say(['multiple'], '`multiple` belongs to a question with `choices`');
  if (question.value === undefined) {
    for (const key of ['tolerance', 'unit'] as const) {
      if (question[key] !== undefined) say([key], `\`${key}\` belongs to a question with \`value\``);
    }
  }
  if (question.predict && !question.reveal) {
    say([], 'a prediction needs `reveal: { after: <task> }`: otherwise nobody ever sees whether it came true');
  }
  if (!question.predict && question.reveal) say(['reveal'], '`reveal` belongs to a prediction; say `predict: true`');
});
export type QuestionFrontMatter = z.infer<typeof questionFrontMatterSchema>;

/** The question as the rest of the platform knows it. The front matter must have passed its schema. */
export function toQuestion(id: string, raw: QuestionFrontMatter): Question {
  const base = {
    id,
    ask: raw.ask,
    predict: raw.predict,
    why: raw.why,
    reveal: raw.reveal ? { after: raw.reveal.after, fact: raw.reveal.fact ?? null } : null,
  };
  if (raw.choices) {
    const choices = raw.choices.map(choice => (typeof choice === 'string' ? { text: choice, correct: false } : choice));
    return { ...base, kind: raw.multiple ? 'multiple' : 'single', choices };
  }
  if (raw.accept) return { ...base, kind: 'text', accept: raw.accept };
  if (raw.value !== undefined) {
    return { ...base, kind: 'number', value: raw.value, tolerance: raw.tolerance ?? 0, unit: raw.unit ?? null };
  }
  if (raw.answer) return { ...base, kind: 'live', answer: raw.answer };
  throw new Error(`question ${id} has no kind: its front matter did not pass the schema`);
}
