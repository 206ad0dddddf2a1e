import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { themeEvent, themeScript, themeStorageKey } from '#components/ui/theme.ts';

/** As much of a page as the script touches. */
function pageWith(options: { kept?: string; systemIsDark?: boolean; storageForbidden?: boolean }) {
  const heard = new Map<string, () => void>();
  const kept = new Map(options.kept === undefined ? [] : [[themeStorageKey, options.kept]]);
  const system = {
    matches: options.systemIsDark ?? false,
    addEventListener: (_: string, fn: () => void) => heard.set('system', fn),
  };
  const dataset: { theme?: string } = {};
  runInNewContext(themeScript, {
    document: { documentElement: { dataset } },
    matchMedia: () => system,
    addEventListener: (name: string, fn: () => void) => heard.set(name, fn),
    localStorage: {
      getItem: (key: string) => {
        if (options.storageForbidden) throw new Error('forbidden');
        return kept.get(key) ?? null;
      },
    },
  });
  return { dataset, kept, system, tell: (name: string) => heard.get(name)?.() };
}

describe('the theme before anything is painted', () => {
  it.each([
    ['dark', { kept: 'dark' }],
    ['light', { kept: 'light', systemIsDark: true }],
    ['dark', { systemIsDark: true }],
    ['light', {}],
    ['light', { kept: '"><script>' }],
    ['dark', { storageForbidden: true, systemIsDark: true }],
  ])('is %s with %o', (shown, options) => {
    expect(pageWith(options).dataset.theme).toBe(shown);
  });

  it('follows the system until the reader chooses', () => {
    const page = pageWith({});
    page.system.matches = true;
    page.tell('system');
    expect(page.dataset.theme).toBe('dark');
    page.kept.set(themeStorageKey, 'light');
    page.tell(themeEvent);
    expect(page.dataset.theme).toBe('light');
  });

  it('follows a choice made in another tab', () => {
    const page = pageWith({ kept: 'light' });
    page.kept.set(themeStorageKey, 'dark');
    page.tell('storage');
    expect(page.dataset.theme).toBe('dark');
  });
});
