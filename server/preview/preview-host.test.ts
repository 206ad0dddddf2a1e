import { describe, expect, it } from 'vitest';
import { labelOf, type PreviewPlace, previewOrigin, readPreviewHost } from './preview-host.ts';

const here: PreviewPlace = { protocol: 'http', hostname: 'localhost', port: '3000' };
const there: PreviewPlace = { protocol: 'https', hostname: 'preview.example.org', port: '' };
const label = labelOf('secret', '0123456789ab');

it('names each sandbox apart, the same every time, and nobody without the secret can', () => {
  expect(label).toMatch(/^[a-z2-7]{26}$/);
  expect(labelOf('secret', '0123456789ab')).toBe(label);
  expect(new Set([label, labelOf('secret', '0123456789ac'), labelOf('another', '0123456789ab')]).size).toBe(3);
});

describe('the Host header', () => {
  it.each([here, there])('is read as it was made', place => {
    for (const port of [1, 80, 65_535]) {
      const { host } = new URL(previewOrigin(place, { label, port }));
      expect(readPreviewHost(place, host)).toEqual({ label, port });
      expect(readPreviewHost(place, host.toUpperCase())).toEqual({ label, port });
    }
    expect(previewOrigin(place, { label, port: 65_535 }).split('.')[0]?.length).toBeLessThan(63 + 'https://'.length);
  });

  it('is the app’s when it is not below the previews’ name', () => {
    for (const host of [
      'localhost:3000',
      '127.0.0.1:3000',
      '[::1]:3000',
      'evil.example',
      'xlocalhost:3000',
      '',
      undefined,
    ])
      expect(readPreviewHost(here, host), host).toBeNull();
    expect(readPreviewHost(there, 'preview.example.org')).toBeNull();
    expect(readPreviewHost(there, 'labs.example.org')).toBeNull();
  });

  it.each([
    `p80-${label}.localhost`,
    `p80-${label}.localhost:3001`,
    `p0-${label}.localhost:3000`,
    `p080-${label}.localhost:3000`,
    `p65536-${label}.localhost:3000`,
    `${label}.localhost:3000`,
    `x.p80-${label}.localhost:3000`,
    `p80-${label}x.localhost:3000`,
    `p80-${label}.localhost:3000@`,
    'app.localhost:3000',
    '.localhost:3000',
  ])('is nobody’s: %s', host => {
    // "@" makes it no name at all; whoever asks then is refused by the app's own list of names.
    expect(readPreviewHost(here, host)).toBe(host.endsWith('@') ? null : 'stray');
  });

  it('may end with the root’s dot', () => {
    expect(readPreviewHost(here, `p80-${label}.localhost.:3000`)).toEqual({ label, port: 80 });
  });
});
