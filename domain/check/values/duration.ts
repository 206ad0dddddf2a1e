/** A span for people: `400 ms`, `4 s`, `3 min`, `2 h`, `5 days`. */
export function showDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** `4 s ago`, seen from `at` (both epoch ms); `just now` under a second and where clocks disagree. */
export function showAgo(at: number, then: number): string {
  return at - then < 1_000 ? 'just now' : `${showDuration(at - then)} ago`;
}
