import { describe, expect, it } from 'vitest';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import { placeText, waitText } from './queue-words.ts';

const ticket = (change: Partial<QueueTicket>): QueueTicket => ({
  attemptId: 'a',
  position: 2,
  waiting: 3,
  since: 0,
  basis: 'full',
  turnAt: null,
  ...change,
});

describe('the words of the queue', () => {
  it('number places as people say them', () => {
    expect([1, 2, 3, 4, 11, 12, 21, 112].map(placeText)).toEqual([
      'You are next',
      'You are 2nd in line',
      'You are 3rd in line',
      'You are 4th in line',
      'You are 11th in line',
      'You are 12th in line',
      'You are 21st in line',
      'You are 112th in line',
    ]);
  });

  it('say what is short, and promise only what is known', () => {
    expect(waitText(ticket({}), 0)).toBe('All sandboxes are in use. It is your turn after those before you.');
    expect(waitText(ticket({ position: 1, turnAt: 20 * 60_000 }), 0)).toBe(
      'All sandboxes are in use. You get the first one that comes free, within 20 min unless others extend theirs.',
    );
    expect(waitText(ticket({ basis: 'memory' }), 0)).toMatch(/^The machine has no memory left/);
    expect(waitText(ticket({ basis: 'host' }), 0)).toMatch(
      /^The server gives no sandboxes away .* your place are kept/,
    );
    expect(waitText(ticket({ basis: 'starts', turnAt: 12_000 }), 0)).toMatch(/in about 15 seconds\.$/);
    expect(waitText(ticket({ basis: 'starts', turnAt: 1_000 }), 0)).toMatch(/among the next ones\.$/);
  });
});
