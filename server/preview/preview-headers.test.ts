import { describe, expect, it } from 'vitest';
import { answeredHeaders, comesFromElsewhere, forwardedHeaders } from './preview-headers.ts';
import { labelOf, type PreviewPlace, previewOrigin, readPreviewHost } from './preview-host.ts';

const place: PreviewPlace = { protocol: 'http', hostname: 'localhost', port: '3000' };
const label = labelOf('secret', '0123456789ab');
const origin = previewOrigin(place, { label, port: 8080 });
const { host } = new URL(origin);

describe('what the sandbox hears', () => {
  const heard = (headers: Record<string, string[]>) => forwardedHeaders(headers, { protocol: 'http', host });

  it('is the request, under the name that the browser knows', () => {
    const sent = { accept: ['text/html'], authorization: ['Basic eA=='], 'x-own': ['1', '2'], host: [host] };
    expect(heard(sent)).toEqual({ ...sent, host, 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });
  });

  it('has its own cookies, and none of ours', () => {
    const cookie = [
      'a=1; belowdeck.session_token=secret; __Secure-belowdeck.session_token=secret; b=belowdeck; belowdeck-preview=x',
    ];
    expect(heard({ cookie }).cookie).toEqual(['a=1; b=belowdeck']);
    expect(heard({ cookie: ['__Host-belowdeck-preview=x;BELOWDECK.split=1'] })).not.toHaveProperty('cookie');
  });

  it('has nothing of who looks, of the way to us, or of this hop', () => {
    const sent = {
      'x-forwarded-for': ['198.51.100.7'],
      'x-forwarded-host': ['evil.example'],
      'x-forwarded-proto': ['https'],
      'x-real-ip': ['198.51.100.7'],
      'x-belowdeck-client': ['198.51.100.7'],
      forwarded: ['for=198.51.100.7'],
      connection: ['close, X-Hop'],
      'x-hop': ['1'],
      'transfer-encoding': ['chunked'],
      upgrade: ['h2c'],
      'http2-settings': ['x'],
      te: ['trailers'],
      expect: ['100-continue'],
    };
    expect(heard(sent)).toEqual({ host, 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });
  });
});

describe('what the browser hears', () => {
  const heard = (headers: Record<string, string[]>) => answeredHeaders(headers, { origin, port: 8080 });

  it('is the answer', () => {
    const said = {
      'content-type': ['text/html'],
      server: ['nginx'],
      'content-security-policy': ["default-src 'self'"],
    };
    expect(heard(said)).toMatchObject(said);
  });

  it('has no word about other hosts, and no order to a reverse proxy', () => {
    const said = Object.fromEntries(
      [
        'strict-transport-security',
        'public-key-pins',
        'alt-svc',
        'clear-site-data',
        'nel',
        'report-to',
        'x-accel-redirect',
        'x-accel-buffering',
        'x-sendfile',
        'connection',
        'keep-alive',
        'transfer-encoding',
        'upgrade',
      ].map(name => [name, ['x']]),
    );
    expect(heard(said)).toEqual({
      'cache-control': 'private',
      'referrer-policy': 'same-origin',
      'origin-agent-cluster': '?1',
    });
  });

  it('sets cookies for this host alone, and none of ours', () => {
    const cookies = heard({
      'set-cookie': [
        'a=1; Path=/; Domain=localhost; HttpOnly',
        'b=2;domain=.example.org',
        'c=3; DOMAIN',
        'd=domain=x',
        'belowdeck.session_token=x; Path=/',
        '__Host-belowdeck-preview=x; Path=/; Secure',
      ],
    })['set-cookie'];
    expect(cookies).toEqual(['a=1; Path=/; HttpOnly', 'b=2', 'c=3', 'd=domain=x']);
  });

  it.each([
    ['/docs/', '/docs/'],
    ['http://localhost:8080/docs/?a=1#b', `${origin}/docs/?a=1#b`],
    ['http://127.0.0.1:8080/x', `${origin}/x`],
    [`http://${new URL(origin).hostname}/docs/`, `${origin}/docs/`],
    ['http://localhost:9090/x', 'http://localhost:9090/x'],
    ['https://example.org/x', 'https://example.org/x'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
  ])('is redirected: %s', (said, heardLocation) => expect(heard({ location: [said] }).location).toBe(heardLocation));

  it.each([
    ['', 'private'],
    ['public, max-age=60, s-maxage=600', 'private, max-age=60'],
    ['no-store', 'no-store'],
    ['private, no-cache', 'private, no-cache'],
    ['private="x-secret"', 'private, private="x-secret"'],
  ])('may be kept by nobody else: %s', (said, kept) =>
    expect(heard({ 'cache-control': [said] })['cache-control']).toBe(kept),
  );
});

describe('a request', () => {
  const sibling = previewOrigin(place, { label, port: 3000 });
  const stranger = previewOrigin(place, { label: labelOf('secret', 'ffffffffffff'), port: 8080 });
  const elsewhere = (headers: Record<string, string>) =>
    comesFromElsewhere(headers, label, name => readPreviewHost(place, name));

  it.each<[string, Record<string, string>]>([
    ['typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['from its own page', { origin, 'sec-fetch-site': 'same-origin' }],
    ['from its own page that says no more', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['from another port of the sandbox', { origin: sibling, 'sec-fetch-site': 'same-site' }],
    ['by a link from anywhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['of a program', {}],
    ['a WebSocket of its own page', { origin }],
  ])('is welcome: %s', (_, headers) => expect(elsewhere(headers)).toBe(false));

  it.each<[string, Record<string, string>]>([
    ['another sandbox’s page', { origin: stranger, 'sec-fetch-site': 'same-site' }],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a frame without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a picture on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [
      'a form on another site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ],
    ['an old browser’s WebSocket on another site', { origin: 'https://evil.example' }],
  ])('is refused: %s', (_, headers) => expect(elsewhere(headers)).toBe(true));
});
