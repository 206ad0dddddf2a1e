import { expect, it } from 'vitest';
import { announcedWords } from '#app/(teach)/_components/announced-words.ts';

const announced = { id: 'c', label: 'C', size: 30, until: 600_000, ready: 30, arrived: 0, shortOf: null } as const;

it('says what is ready, who came and what is short', () => {
  expect(announcedWords(announced, 0)).toBe('All are ready. They wait for 10 more minutes.');
  expect(announcedWords({ ...announced, ready: 3 }, 590_000)).toBe(
    'The others are being warmed up, a few at a time. They wait for 1 more minute.',
  );
  expect(announcedWords({ ...announced, ready: 29, arrived: 1 }, 0)).toMatch(
    /^1 learner has theirs\. The others are ready/,
  );
  expect(announcedWords({ ...announced, ready: 3, shortOf: 'memory' }, 0)).toMatch(
    /^The machine has no memory for more/,
  );
  expect(announcedWords({ ...announced, ready: 0, arrived: 30 }, 0)).toMatch(/Everybody who was announced has come\.$/);
});
