import type { Announced } from '#domain/protocol/claim.ts';

/** How an announced class stands, in a sentence or two. `now`: sandboxd's clock, epoch milliseconds. */
export function announcedWords({ size, ready, arrived, shortOf, until }: Announced, now: number): string {
  const minutes = Math.max(1, Math.ceil((until - now) / 60_000));
  const came = arrived === 0 ? '' : `${arrived} ${arrived === 1 ? 'learner has' : 'learners have'} theirs. `;
  const ends = `They wait for ${minutes} more ${minutes === 1 ? 'minute' : 'minutes'}.`;
  if (arrived >= size) return `${came}Everybody who was announced has come.`;
  if (shortOf === 'memory')
    return `${came}The machine has no memory for more: who comes later waits for a place that comes free. ${ends}`;
  if (shortOf === 'sandboxes')
    return `${came}As many sandboxes run as may: who comes later waits for a place that comes free. ${ends}`;
  if (ready + arrived < size) return `${came}The others are being warmed up, a few at a time. ${ends}`;
  return `${came}${ready === size ? 'All are ready.' : 'The others are ready.'} ${ends}`;
}
