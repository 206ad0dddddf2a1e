'use client';
import { useSyncExternalStore } from 'react';
import { type ShownTheme, type ThemeChoice, themeEvent, themeStorageKey } from '#components/ui/theme.ts';

function readChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(themeStorageKey);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

function choose(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(themeStorageKey);
    else localStorage.setItem(themeStorageKey, choice);
  } catch {
    document.documentElement.dataset.theme = choice;
  }
  window.dispatchEvent(new Event(themeEvent));
}

// The attribute is the truth: whatever changes it (the script in the head, another tab, the system) is seen here.
function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  window.addEventListener(themeEvent, changed);
  window.addEventListener('storage', changed);
  return () => {
    observer.disconnect();
    window.removeEventListener(themeEvent, changed);
    window.removeEventListener('storage', changed);
  };
}

const readShown = (): ShownTheme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

/** The theme that is chosen and the one that shows; on the server, and until the page is live, `system` and `light`. */
export function useTheme(): { choice: ThemeChoice; shown: ShownTheme; choose: (choice: ThemeChoice) => void } {
  const choice = useSyncExternalStore(subscribe, readChoice, () => 'system' as const);
  const shown = useSyncExternalStore(subscribe, readShown, () => 'light' as const);
  return { choice, shown, choose };
}
