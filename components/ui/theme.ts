export type ThemeChoice = 'system' | 'light' | 'dark';
export type ShownTheme = 'light' | 'dark';

export const themeStorageKey = 'belowdeck-theme';
/** Sent on `window` when the choice changes in this page; other pages hear of it by `storage`. */
export const themeEvent = 'belowdeck-theme';

/**
 * Shows the chosen theme and keeps following the system's and other tabs' choice. Storage may be forbidden: then the
 * system decides. Its text is also the script in the head, so it may use nothing but its arguments and the browser.
 */
export function followTheme(key: string, event: string): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let choice: string | null = null;
    try {
      choice = localStorage.getItem(key);
    } catch {}
    const dark = choice === 'light' || choice === 'dark' ? choice === 'dark' : system.matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener(event, apply);
}

/** Runs in the head before anything is painted, so that the right theme shows at once. */
export const themeScript = `(${followTheme})(${JSON.stringify(themeStorageKey)},${JSON.stringify(themeEvent)})`;
