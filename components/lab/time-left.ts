/** How long a sandbox still lives, in words that do not jump every second: "1 h 54 min", "4 min", "less than a minute". */
export function timeLeftText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** When to offer more time without being asked. */
export const soonMs = 10 * 60_000;
