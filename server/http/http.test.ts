import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#domain/protocol/errors.ts';
import { clientAddress } from './client-address.ts';
import { contentSecurityPolicy, securityHeaders } from './csp.ts';
import { hostAllowed, originsOf } from './host.ts';
import { createHttp } from './http.ts';
import { createLimits, rateLimits } from './rate-limits.ts';
import { originAllowed } from './same-origin.ts';

const origins = originsOf('http://127.0.0.1:3000');

describe('the origin guard', () => {
  const logged: unknown[] = [];
  const http = createHttp({ settings: { origins }, log: { error: (...args: unknown[]) => void logged.push(args) } });
  const request = (method: string, headers: Record<string, string>) =>
    new Request('http://127.0.0.1:3000/api', { method, headers });

  it('lets pages of ours change things', () => {
    http.guard(request('POST', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }));
    http.guard(request('DELETE', { origin: 'http://localhost:3000' }));
    http.guard(request('GET', {}));
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:3001', 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    [
      'a cross-site request that claims our origin',
      { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'cross-site' },
    ],
    ['a link followed from elsewhere', { 'sec-fetch-site': 'none' }],
    ['nobody who says', {}],
  ])('refuses %s', (_who, headers) => {
    expect(() => http.guard(request('POST', headers))).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(originAllowed(new Headers(headers), origins)).toBe(false);
  });

  it('answers with the code for programs and the text for people, and logs the unforeseen alone', async () => {
    const refused = http.respond(new CodedError('conflict', 'secret detail'));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toEqual({ error: { code: 'conflict', message: expect.stringContaining('Reload') } });
    expect(logged).toEqual([]);
    const broken = http.respond(new Error('password=hunter2'));
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('hunter2');
    expect(logged).toHaveLength(1);
  });
});

it('knows its own names, and no other', () => {
  for (const host of ['127.0.0.1:3000', 'localhost:3000', 'LOCALHOST:3000', '[::1]:3000'])
    expect(hostAllowed(host, origins), host).toBe(true);
  for (const host of ['evil.example:3000', 'localhost', 'localhost:3001', '', undefined, 'localhost:3000.evil.example'])
    expect(hostAllowed(host, origins), String(host)).toBe(false);
  expect(hostAllowed('labs.example.org', originsOf('https://labs.example.org'))).toBe(true);
  expect(hostAllowed('localhost', originsOf('https://labs.example.org'))).toBe(false);
});

describe('the address that limits count by', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

  it('is the peer, whatever it claims', () => {
    expect(clientAddress(from('203.0.113.9', '1.2.3.4'), true)).toBe('203.0.113.9');
    expect(clientAddress(from('::ffff:127.0.0.1', '1.2.3.4'), false)).toBe('127.0.0.1');
  });

  it('is what the reverse proxy on this machine saw last', () => {
    expect(clientAddress(from('127.0.0.1', '6.6.6.6, 198.51.100.7'), true)).toBe('198.51.100.7');
    expect(clientAddress(from('127.0.0.1', '<script>'), true)).toBe('127.0.0.1');
  });

  it('is a whole network for IPv6', () => {
    expect(clientAddress(from('2001:db8:1:2:aaaa::1'), true)).toBe(clientAddress(from('2001:db8:1:2:bbbb::9'), true));
  });
});

describe('limits', () => {
  it('refuse the one too many, say how long to wait, and are apart by key', async () => {
    const limits = createLimits();
    for (let use = 0; use < rateLimits.sandbox.points; use++) await limits.take('sandbox', 'ada');
    await expect(limits.take('sandbox', 'ada')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: expect.any(Number),
      learnerMessage: expect.stringMatching(/Wait \d+ seconds/),
    });
    await limits.take('sandbox', 'bob');
    await limits.take('check', 'ada');
    await limits.clear('sandbox', 'ada');
    await limits.take('sandbox', 'ada');
  });
});

it('has a policy that runs no script but those with the nonce', () => {
  const policy = contentSecurityPolicy('abc', { https: true, dev: false, host: 'labs.example.org' });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("connect-src 'self' wss://labs.example.org");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(securityHeaders(true)).toHaveProperty('strict-transport-security');
  expect(securityHeaders(false)).not.toHaveProperty('strict-transport-security');
});
