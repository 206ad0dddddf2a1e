const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "just now", "9 min ago", "3 h ago", "12 days ago": short enough for a column. Times are epoch milliseconds. */
export function compactAgo(at: number, now: number): string {
  // Two machines' clocks differ: nothing that happened lies in the future.
  const past = Math.max(0, now - at);
  if (past < minuteMs) return 'just now';
  if (past < hourMs) return `${Math.floor(past / minuteMs)} min ago`;
  if (past < dayMs) return `${Math.floor(past / hourMs)} h ago`;
  const days = Math.floor(past / dayMs);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
