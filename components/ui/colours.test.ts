import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { terminalTheme } from '#components/ui/terminal-theme.ts';

type Palette = Record<string, string>;

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** The custom properties with a plain colour in the block that a selector opens. */
function paletteOf(selector: string): Palette {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`globals.css has no block for ${selector}`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]),
  );
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG contrast ratio of two colours, 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Every pair of the lists that is below the ratio, as text, so that a failure says which. */
function tooClose(palette: Palette, fronts: string[], backs: string[], ratio: number): string[] {
  return fronts.flatMap(front =>
    backs
      .map(back => ({ back, has: contrast(palette[front] ?? '', palette[back] ?? '') }))
      .filter(({ has }) => !(has >= ratio))
      .map(({ back, has }) => `${front} on ${back}: ${has.toFixed(2)}`),
  );
}

const states = ['passed', 'failed', 'unknown', 'undone', 'info'];
const grounds = ['bg', 'surface', 'raised', 'well'];
const themes = { light: '[data-theme="light"]', dark: '  [data-theme="dark"]' };

describe.each(Object.entries(themes))('the %s theme', (name, selector) => {
  const palette = paletteOf(selector);

  it('has readable text on every ground', () => {
    expect(tooClose(palette, ['ink', 'muted', 'faint', 'accent-ink', ...states], grounds, 4.5)).toEqual([]);
  });

  it('has readable text on every tinted ground', () => {
    const soft = [...states, 'accent'].map(state => `${state}-soft`);
    expect(tooClose(palette, ['ink', 'muted'], soft, 4.5)).toEqual([]);
    expect(states.flatMap(state => tooClose(palette, [state], [`${state}-soft`], 4.5))).toEqual([]);
    expect(tooClose(palette, ['accent-ink'], ['accent-soft'], 4.5)).toEqual([]);
  });

  it('has readable words on filled buttons', () => {
    expect(tooClose(palette, ['on-accent'], ['accent', 'accent-hover'], 4.5)).toEqual([]);
    expect(contrast('#ffffff', palette['failed-fill'] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('has visible borders of controls and a visible focus mark', () => {
    expect(tooClose(palette, ['line-strong', 'focus'], ['bg', 'surface', 'raised', 'well'], 3)).toEqual([]);
  });

  it('has readable code', () => {
    const tokens = Object.keys(palette).filter(token => token.startsWith('code-token-'));
    expect(tokens.length).toBeGreaterThan(5);
    expect(tooClose(palette, [...tokens, 'code-foreground'], ['well', 'surface'], 4.5)).toEqual([]);
  });

  it('has a readable terminal', () => {
    const { background, ...inks } = terminalTheme[name as 'light' | 'dark'];
    // On a dark ground black is what it says; programs use it as a background.
    const texts = Object.entries(inks).filter(
      ([ink]) => !/^(cursorAccent|selection.*)$/.test(ink) && !(name === 'dark' && ink === 'black'),
    );
    expect(texts.filter(([, colour]) => contrast(colour, background) < 4.5)).toEqual([]);
  });
});

it('keeps selected terminal text readable', () => {
  for (const theme of [terminalTheme.light, terminalTheme.dark]) {
    expect(contrast(theme.foreground, theme.selectionBackground)).toBeGreaterThanOrEqual(4.5);
  }
});
