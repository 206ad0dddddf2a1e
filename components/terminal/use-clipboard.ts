'use client';
import { useEffect, useState } from 'react';

/** How long a refusal stands. */
const SHOWN_MS = 6_000;

interface ClipboardTarget {
  readonly selection: string;
  paste(text: string): void;
  focus(): void;
}

/** Copying from and pasting into the shown terminal by button; `problem` says why the browser refused. */
export function useClipboard(target: () => ClipboardTarget | undefined): {
  copy: () => void;
  paste: () => void;
  problem: string | null;
} {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!problem) return;
    const timer = setTimeout(() => setProblem(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [problem]);

  async function copy() {
    const view = target();
    if (!view?.selection) return;
    try {
      await navigator.clipboard.writeText(view.selection);
      setProblem(null);
    } catch {
      setProblem('Your browser does not let this page copy. The text is still selected: use the browser’s own menu.');
    }
    view.focus();
  }

  async function paste() {
    const view = target();
    try {
      view?.paste(await navigator.clipboard.readText());
      setProblem(null);
    } catch {
      setProblem(
        'Your browser does not let this page read the clipboard. Nothing was pasted. Press Ctrl+Shift+V instead.',
      );
    }
    view?.focus();
  }

  return { copy: () => void copy(), paste: () => void paste(), problem };
}
