import type { QueueTicket } from '#domain/protocol/claim.ts';
import { timeLeftText } from './time-left.ts';

/** "Next", "2nd in line", "11th in line". */
export function placeText(position: number): string {
  if (position === 1) return 'You are next';
  const last = position % 10;
  const teen = position % 100 >= 11 && position % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][last] ?? 'th');
  return `You are ${position}${ending} in line`;
}

/** What the place depends on, and how long it may take; honest about what nobody can know. */
export function waitText({ basis, turnAt, position }: QueueTicket, now: number | null): string {
  const left = turnAt === null || now === null ? null : turnAt - now;
  switch (basis) {
    case 'starting':
      return 'Your sandbox is being started. This takes a few seconds.';
    case 'starts':
      return left === null || left < 5_000
        ? 'Sandboxes are started one after the other, so that each is quick. Yours is among the next ones.'
        : `Sandboxes are started one after the other, so that each is quick. Yours should come in about ${Math.ceil(left / 5_000) * 5} seconds.`;
    case 'host':
      return 'The server gives no sandboxes away at the moment: it is not ready for it, or not fit. Your progress and your place are kept, and it goes on by itself; if it stays so for minutes, tell your instructor.';
    case 'full':
    case 'memory': {
      const why =
        basis === 'full' ? 'All sandboxes are in use.' : 'The machine has no memory left for another sandbox.';
      const when = position === 1 ? 'You get the first one that comes free' : 'It is your turn after those before you';
      return `${why} ${when}${left !== null && left > 0 ? `, within ${timeLeftText(left)} unless others extend theirs` : ''}.`;
    }
  }
}
