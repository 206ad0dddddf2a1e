import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, securityHeaders } from '#server/http/csp.ts';
import { hostAllowed } from '#server/http/host.ts';
import { getRuntime } from '#server/runtime.ts';

/** Runs before every page and route: Host, CSP with a fresh nonce, security headers. It authorises nobody. */
export function proxy(request: NextRequest): NextResponse {
  const { settings } = getRuntime();
  const host = request.headers.get('host');
  if (!hostAllowed(host, settings.origins)) return new NextResponse(unknownHost(settings.url), { status: 421 });

  const nonce = crypto.randomUUID().replaceAll('-', '');
  const dev = process.env.NODE_ENV === 'development';
  const policy = contentSecurityPolicy(nonce, { https: settings.https, dev, host: host ?? '' });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(securityHeaders(settings.https))) response.headers.set(name, value);
  return response;
}

function unknownHost(url: string): string {
  return `This Belowdeck is reached at ${url}. The name you used is not known here. Open that address instead.\n`;
}

export const config = {
  // Files of the build need no policy of their own, and are fetched often.
  matcher: [{ source: '/((?!_next/static|_next/image|icon.svg|favicon.ico).*)' }],
};
