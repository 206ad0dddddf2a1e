import { expect, it } from 'vitest';
import { dueWords } from './due-words.ts';

const now = Date.UTC(2026, 10, 22, 8);
const hour = 3_600_000;

it('is calm while there is time, asks for attention on the last day, and says when it is over', () => {
  expect(dueWords(now + 72 * hour, now)).toEqual({ tone: 'neutral', text: 'Due in 3 days' });
  expect(dueWords(now + 5 * hour, now)).toEqual({ tone: 'undone', text: 'Due in about 5 hours' });
  expect(dueWords(now - 48 * hour, now)).toEqual({ tone: 'failed', text: 'Was due 2 days ago' });
});
