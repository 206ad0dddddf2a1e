import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header carries the token; takes the same time wherever they differ. */
export function isAuthorized(header: string | undefined, token: string): boolean {
  const given = header?.startsWith('Bearer ') ? header.slice(7) : '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token)) && given.length > 0;
}
