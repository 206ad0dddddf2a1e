'use client';
import { useLayoutEffect } from 'react';
import { followTheme, themeEvent, themeStorageKey } from './theme.ts';

/** Sets the theme where the script in the head did not run: Next renders a page that called notFound() in the browser. */
export function ThemeGuard() {
  useLayoutEffect(() => {
    if (!document.documentElement.dataset.theme) followTheme(themeStorageKey, themeEvent);
  }, []);
  return null;
}
