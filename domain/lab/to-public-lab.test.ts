import { expect, test } from 'vitest';
import type { Lab } from './lab.ts';
import { toPublicLab } from './to-public-lab.ts';

const secret = 'SECRET';

const lab: Lab = {
  course: 'c',
  slug: 'hello',
  title: 'Hello',
  summary: 'Say hello.',
  level: 'foundation',
  minutes: 5,
  image: 'engine',
  objectives: ['Say hello'],
  egress: false,
  hash: 'a'.repeat(64),
  steps: [
    {
      slug: 'first',
      title: 'First',
      body: '::task[run-web]',
      tasks: [
        {
          id: 'run-web',
          goal: 'Run it.',
          checks: [{ id: 'runs', holds: false, spec: { container: { name: secret, state: 'running' } } }],
          hints: [secret, secret],
          solution: secret,
          mutants: [{ run: secret, rejects: 'runs' }],
        },
      ],
      questions: [
        {
          id: 'parent',
          kind: 'single',
          ask: 'Who?',
          predict: true,
          choices: [
            { text: 'dockerd', correct: false },
            { text: 'PID 1', correct: true },
          ],
          why: secret,
          reveal: { after: 'run-web', fact: { container: { name: secret }, show: 'pid' } },
        },
        { id: 'name', kind: 'text', ask: 'Name?', predict: false, accept: [secret], why: secret, reveal: null },
        {
          id: 'many',
          kind: 'number',
          ask: 'How many?',
          predict: false,
          value: 7391,
          tolerance: 0,
          unit: 's',
          why: secret,
          reveal: null,
        },
        {
          id: 'pid',
          kind: 'live',
          ask: 'PID?',
          predict: false,
          answer: { container: { name: secret }, show: 'pid' },
          why: secret,
          reveal: null,
        },
      ],
    },
  ],
};

test('nothing that is not due reaches the browser', () => {
  const text = JSON.stringify(toPublicLab(lab));
  expect(text).not.toContain(secret);
  expect(text).not.toContain('correct');
  expect(text).not.toContain('7391');
  expect(text).not.toContain(lab.hash);
});

test('what the page needs is there', () => {
  const [step] = toPublicLab(lab).steps;
  expect(step?.tasks).toEqual([{ id: 'run-web', goal: 'Run it.', checks: ['runs'], hints: 2 }]);
  expect(step?.questions.map(question => [question.id, question.choices, question.unit, question.revealedBy])).toEqual([
    ['parent', ['dockerd', 'PID 1'], null, 'run-web'],
    ['name', [], null, null],
    ['many', [], 's', null],
    ['pid', [], null, null],
  ]);
});
