import type { PreviewName } from './preview-host.ts';

type Named = Record<string, string[] | undefined>;

/** Between two neighbours only (RFC 9110, 7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What a browser, or the operator's reverse proxy, says about our side; a sandbox need not know who looks at it. */
const notForwarded = new Set([
  ...hopByHop,
  'expect',
  'forwarded',
  'http2-settings',
  'via',
  'x-belowdeck-client',
  'x-client-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-real-ip',
]);

/**
 * What an answer of a sandbox may not say: about other hosts than its own (HSTS, pins, reports, clearing a whole
 * domain), about the server in front of us, and orders that reverse proxies follow (X-Accel-Redirect, X-Sendfile).
 */
const notAnswered = new Set([
  ...hopByHop,
  'alt-svc',
  'clear-site-data',
  'expect-ct',
  'nel',
  'origin-agent-cluster',
  'public-key-pins',
  'public-key-pins-report-only',
  'report-to',
  'reporting-endpoints',
  'set-cookie2',
  'strict-transport-security',
  'x-lighttpd-send-file',
  'x-sendfile',
]);

/** Cookies of ours, whatever prefix guards them. */
const ours = /^(__Host-|__Secure-)?belowdeck/i;

/** The headers of a request as the sandbox gets them. `protocol`: how the browser reached us. */
export function forwardedHeaders(
  headers: Named,
  origin: { protocol: 'http' | 'https'; host: string },
): Record<string, string | string[]> {
  const kept = without(headers, notForwarded);
  const cookies = (kept.cookie ?? [])
    .flatMap(line => line.split(';'))
    .map(pair => pair.trim())
    .filter(pair => pair !== '' && !ours.test(pair));
  delete kept.cookie;
  if (cookies.length > 0) kept.cookie = [cookies.join('; ')];
  // The name that the browser knows, so that a program makes links and compares origins rightly.
  return { ...kept, host: origin.host, 'x-forwarded-host': origin.host, 'x-forwarded-proto': origin.protocol };
}

/** The headers of a sandbox's answer as the browser gets them. */
export function answeredHeaders(
  headers: Named,
  preview: { origin: string; port: number },
): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = without(headers, notAnswered);
  for (const name of Object.keys(kept)) if (name.startsWith('x-accel-')) delete kept[name];
  const cookies = (headers['set-cookie'] ?? []).flatMap(hostOnly);
  delete kept['set-cookie'];
  if (cookies.length > 0) kept['set-cookie'] = cookies;
  const location = headers.location?.[0];
  if (location !== undefined) kept.location = ownLocation(location, preview);
  kept['cache-control'] = notShared(headers['cache-control']?.join(', ') ?? '');
  kept['referrer-policy'] ??= 'same-origin';
  // A page cannot take the name of its domain and meet its neighbours there.
  kept['origin-agent-cluster'] = '?1';
  return kept;
}

/** A Set-Cookie line for this host alone; none when it would take the place of one of ours. */
function hostOnly(line: string): string[] {
  const [pair = '', ...attributes] = line.split(';');
  if (ours.test(pair.trim())) return [];
  return [[pair, ...attributes.filter(attribute => !/^\s*domain\s*(=|$)/i.test(attribute))].join(';')];
}

/** Programs think that they are reached at their own port; what they redirect to themselves stays in the preview. */
function ownLocation(location: string, { origin, port }: { origin: string; port: number }): string {
  const url = URL.parse(location);
  if (!url || !/^https?:$/.test(url.protocol)) return location;
  const self = url.hostname === new URL(origin).hostname;
  const local = ['localhost', '127.0.0.1', '0.0.0.0'].includes(url.hostname) && Number(url.port || 80) === port;
  return self || local ? `${origin}${url.pathname}${url.search}${url.hash}` : location;
}

/** Only the browser of who may look keeps a copy, no cache that stands between. */
function notShared(control: string): string {
  const directives = control
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '' && !/^(public|s-maxage)\b/i.test(each));
  const said = directives.some(each => /^(private|no-store)$/i.test(each));
  return (said ? directives : ['private', ...directives]).join(', ');
}

function without(headers: Named, names: ReadonlySet<string>): Record<string, string[]> {
  const named = new Set(
    (headers.connection ?? []).flatMap(line => line.split(',')).map(name => name.trim().toLowerCase()),
  );
  const kept: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(headers))
    if (values && !names.has(name) && !named.has(name)) kept[name] = values;
  return kept;
}

/**
 * Whether a request comes from a page that has no business here: another site's, or another sandbox's preview. Pages of
 * the same sandbox's other ports may; a link may be followed from anywhere. Of a plain GET from below the same name
 * (an image in another preview's page) browsers do not say from which: there the label, which nobody can guess, and the
 * reader's cookie are what keeps others out.
 */
export function comesFromElsewhere(
  headers: Record<string, string | string[] | undefined>,
  label: string,
  nameOf: (host: string) => PreviewName | null,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return false;
  const { origin } = headers;
  if (typeof origin === 'string') {
    const name = URL.canParse(origin) ? nameOf(new URL(origin).host) : null;
    return name === null || name === 'stray' || name.label !== label;
  }
  return site === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}
