import { formatDistance } from 'date-fns';

/** "3 minutes ago", or a word when it never was. */
export function ago(at: number | null, now: number, never = 'never'): string {
  return at === null ? never : formatDistance(at, now, { addSuffix: true });
}

/** "2026-11-22 07:05 UTC": the same for everybody who reads it, whatever the server's zone. */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
