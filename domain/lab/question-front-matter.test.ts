import { describe, expect, test } from 'vitest';
import { questionFrontMatterSchema, toQuestion } from './question-front-matter.ts';

const base = { ask: 'What?', why: 'Because.' };

function parse(fields: object) {
  return questionFrontMatterSchema.safeParse({ ...base, ...fields });
}
function complaint(fields: object): string | undefined {
  return parse(fields).error?.issues[0]?.message;
}
function question(fields: object) {
  return toQuestion('q', questionFrontMatterSchema.parse({ ...base, ...fields }));
}

describe('the kind of a question', () => {
  test('choices: one correct one, or several with `multiple`', () => {
    const choices = ['a', { text: 'b', correct: true }];
    expect(question({ choices })).toEqual({
      id: 'q',
      kind: 'single',
      ...base,
      predict: false,
      reveal: null,
      choices: [
        { text: 'a', correct: false },
        { text: 'b', correct: true },
      ],
    });
    expect(question({ choices, multiple: true }).kind).toBe('multiple');
  });

  test('accept: text', () => {
    expect(question({ accept: ['fd://'] })).toMatchObject({ kind: 'text', accept: ['fd://'] });
  });

  test('value: a number, exact and without unit unless said', () => {
    expect(question({ value: 0 })).toMatchObject({ kind: 'number', value: 0, tolerance: 0, unit: null });
    expect(question({ value: 3, tolerance: 1, unit: 's' })).toMatchObject({ tolerance: 1, unit: 's' });
  });

  test('answer: live', () => {
    const answer = { daemon: { service: 'dockerd' }, show: 'pid' };
    expect(question({ answer })).toMatchObject({ kind: 'live', answer });
  });

  test('a prediction carries what reveals it', () => {
    const reveal = { after: 'run-web', fact: { container: { name: 'web' }, show: 'state' } };
    expect(question({ value: 1, predict: true, reveal })).toMatchObject({ predict: true, reveal });
    expect(question({ value: 1, predict: true, reveal: { after: 'run-web' } }).reveal).toEqual({
      after: 'run-web',
      fact: null,
    });
  });
});

describe('what is refused', () => {
  test.each([
    ['no kind', {}, 'expected exactly one of choices, accept, value, answer; found none'],
    [
      'two kinds',
      { value: 1, accept: ['1'] },
      'expected exactly one of choices, accept, value, answer; found accept and value',
    ],
    ['no correct choice', { choices: ['a', 'b'] }, 'expected a correct choice; mark it `{ text: …, correct: true }`'],
    [
      'two correct choices without `multiple`',
      {
        choices: [
          { text: 'a', correct: true },
          { text: 'b', correct: true },
        ],
      },
      '2 choices are correct; say `multiple: true`',
    ],
    ['`multiple` without choices', { value: 1, multiple: true }, '`multiple` belongs to a question with `choices`'],
    ['a unit without a value', { accept: ['a'], unit: 's' }, '`unit` belongs to a question with `value`'],
    [
      'a prediction that nothing reveals',
      { value: 1, predict: true },
      'a prediction needs `reveal: { after: <task> }`: otherwise nobody ever sees whether it came true',
    ],
    [
      'a reveal of no prediction',
      { value: 1, reveal: { after: 'x' } },
      '`reveal` belongs to a prediction; say `predict: true`',
    ],
    ['an empty explanation', { value: 1, why: '  ' }, 'expected text, found nothing'],
  ])('%s', (_name, fields, message) => {
    expect(complaint(fields)).toBe(message);
  });

  test('a fact that cannot be shown', () => {
    expect(complaint({ answer: { daemon: { service: 'dockerd' }, show: 'argv' } })).toMatch(
      /^of a daemon can be shown: /,
    );
  });
});
