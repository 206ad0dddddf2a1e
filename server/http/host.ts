/** True for an address or name that only this machine itself can reach. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The origins our pages can have: the URL's own; on loopback also the other names of this machine, same port. */
export function originsOf(url: string): string[] {
  const { protocol, hostname, port, origin } = new URL(url);
  if (!isLoopback(hostname)) return [origin];
  const names = new Set([hostname, 'localhost', '127.0.0.1', '[::1]']);
  return [...names].map(name => `${protocol}//${name}${port ? `:${port}` : ''}`);
}

/** Whether a request has more than one Host header: each program on the way may then believe another one. */
export function hasSeveralHosts(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1;
}

/**
 * Whether a request's Host header names us. A page of another site whose name was pointed at our address (DNS rebinding)
 * sends its own name here. Health checks by address come with BELOWDECK_URL's host too.
 */
export function hostAllowed(host: string | undefined | null, origins: readonly string[]): boolean {
  if (!host || host.length > 255) return false;
  const wanted = host.toLowerCase();
  return origins.some(origin => new URL(origin).host === wanted);
}
