'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { parsePreferences, type TerminalPreferences } from './terminal-preferences.ts';

const storageKey = 'belowdeck.terminal';
const changedEvent = 'belowdeck:terminal-preferences';

function read(): string {
  try {
    return localStorage.getItem(storageKey) ?? '';
  } catch {
    return '';
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed);
  window.addEventListener(changedEvent, changed);
  return () => {
    window.removeEventListener('storage', changed);
    window.removeEventListener(changedEvent, changed);
  };
}

/** The learner's terminal preferences, the same in all tabs of the browser. */
export function useTerminalPreferences(): [TerminalPreferences, (change: Partial<TerminalPreferences>) => void] {
  const text = useSyncExternalStore(subscribe, read, () => '');
  const preferences = useMemo(() => parsePreferences(text), [text]);
  const change = useCallback((next: Partial<TerminalPreferences>) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ ...parsePreferences(read()), ...next }));
    } catch {
      // A browser that keeps nothing: the setting does not hold, the terminal works.
    }
    window.dispatchEvent(new Event(changedEvent));
  }, []);
  return [preferences, change];
}
