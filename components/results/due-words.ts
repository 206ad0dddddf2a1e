import { formatDistance } from 'date-fns';

export interface DueWords {
  tone: 'neutral' | 'undone' | 'failed';
  text: string;
}

/** Less than this left: the badge asks for attention. */
const soonMs = 24 * 3_600_000;

/** "Due in 3 days", "Was due 2 hours ago". Times are epoch milliseconds. */
export function dueWords(dueAt: number, now: number): DueWords {
  const distance = formatDistance(dueAt, now);
  if (dueAt < now) return { tone: 'failed', text: `Was due ${distance} ago` };
  return { tone: dueAt - now < soonMs ? 'undone' : 'neutral', text: `Due in ${distance}` };
}
