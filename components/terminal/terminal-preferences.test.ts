import { describe, expect, it } from 'vitest';
import { fontSizes, normalPreferences, parsePreferences } from './terminal-preferences.ts';

describe('parsePreferences', () => {
  it('gives back what was kept', () => {
    const kept = { fontSize: 18, screenReader: true };
    expect(parsePreferences(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', '{', '[]', '3', 'null', '{"fontSize":"big","screenReader":1}'])(
    'takes %j for nothing kept',
    text => {
      expect(parsePreferences(text)).toEqual(normalPreferences);
    },
  );

  it('keeps the font readable', () => {
    expect(parsePreferences('{"fontSize":900}').fontSize).toBe(fontSizes.max);
    expect(parsePreferences('{"fontSize":-1}').fontSize).toBe(fontSizes.min);
  });
});
