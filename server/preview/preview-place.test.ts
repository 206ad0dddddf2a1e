import { expect, it } from 'vitest';
import { previewPlace } from './preview-place.ts';

it.each([
  ['http://localhost:3000', undefined, { protocol: 'http', hostname: 'localhost', port: '3000' }],
  ['http://127.0.0.1:3000', undefined, { protocol: 'http', hostname: 'localhost', port: '3000' }],
  ['http://127.0.0.1:3000', 'preview.localhost', { protocol: 'http', hostname: 'preview.localhost', port: '3000' }],
  ['https://labs.example.org', 'Preview.Example.org', { protocol: 'https', hostname: 'preview.example.org', port: '' }],
  [
    'https://labs.example.org:8443',
    'p.example.net:8443',
    { protocol: 'https', hostname: 'p.example.net', port: '8443' },
  ],
  ['https://labs.example.org', undefined, null],
])('%s with %s', (url, host, place) => expect(previewPlace(url, host)).toEqual(place));

it.each([
  ['https://labs.example.org', 'labs.example.org', /itself/],
  ['https://labs.example.org', 'example.org', /above/],
  ['https://labs.example.org', 'https://preview.example.org', /without https/],
  ['https://labs.example.org', '192.0.2.7', /host name/],
  ['https://labs.example.org', 'preview', /host name/],
  ['https://labs.example.org', '*.example.org', /host name/],
  ['http://127.0.0.1:3000', 'preview.example.org', /https/],
])('%s with %s is refused', (url, host, why) => expect(previewPlace(url, host)).toMatch(why));
