import { expect, test } from 'vitest';
import { z } from 'zod';
import { issuesToProblems } from './issues-to-problems.ts';
import { problemText } from './problem.ts';
import { strictObject } from './strict-object.ts';

const source = { file: 'f.yaml', lineOf: (path: readonly unknown[]) => path.length };

function told(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error ? issuesToProblems(source, error).map(problemText) : [];
}

const schema = strictObject({ level: z.enum(['easy', 'hard']), tags: z.array(z.string()).optional() });

test('nothing wrong, nothing told', () => {
  expect(told(schema, { level: 'easy' })).toEqual([]);
});

test('a missing field, a wrong value, a wrong type', () => {
  expect(told(schema, {})).toEqual([
    'f.yaml:1 level: Invalid option: expected one of "easy"|"hard" → Write one of: easy, hard.',
  ]);
  expect(told(schema, { level: 'easy', tags: 'a' })).toEqual([
    'f.yaml:1 tags: expected array, received string → Write a list here.',
  ]);
  expect(told(schema, { level: 'easy', tags: [1] })).toEqual([
    'f.yaml:2 tags[0]: expected string, received number → Write text here; put quotes around it where YAML sees something else.',
  ]);
});

test('an unknown key is told at the key, with the known ones', () => {
  expect(told(schema, { level: 'easy', tag: 'a' })).toEqual([
    'f.yaml:1 tag: unknown key `tag`; known keys: level, tags → Correct the spelling, or remove it; docs/authoring.md lists the fields.',
  ]);
});

test('of several forms the closest one speaks', () => {
  const forms = z.union([z.string(), strictObject({ text: z.string(), correct: z.boolean() })]);
  expect(told(forms, { text: 'a', correct: 'yes' })).toEqual([
    'f.yaml:1 correct: expected boolean, received string → Write `true` or `false` here.',
  ]);
});
