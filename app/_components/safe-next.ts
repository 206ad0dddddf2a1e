/** Where to go after signing in: a path of ours, whatever the address bar says. */
export function safeNext(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > 500) return fallback;
  // "//host" and "/\host" are other sites to a browser.
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value) ? value : fallback;
}
