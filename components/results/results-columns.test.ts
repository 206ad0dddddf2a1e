import { describe, expect, it } from 'vitest';
import { matchesName } from './results-columns.ts';

describe('matchesName', () => {
  const ada = { name: 'Ada Lovelace', email: 'ada@example.org' };

  it('finds by parts of name and email in any order and case', () => {
    for (const typed of ['ada', 'LOVE', 'lovelace ada', 'example ada', '']) expect(matchesName(ada, typed)).toBe(true);
  });

  it('wants every word', () => {
    expect(matchesName(ada, 'ada byron')).toBe(false);
  });
});
