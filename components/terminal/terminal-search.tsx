'use client';
import type { ISearchOptions, SearchAddon } from '@xterm/addon-search';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import type { ShownTheme } from '#components/ui/theme.ts';
import { useTheme } from '#components/ui/use-theme.ts';

/** The page's brass, as light or dark as the text on it needs; xterm takes no CSS variables. */
const looks: Record<ShownTheme, ISearchOptions> = {
  light: {
    decorations: {
      matchBackground: '#ffe08a',
      matchOverviewRuler: '#b98709',
      activeMatchBackground: '#f7c02f',
      activeMatchBorder: '#795300',
      activeMatchColorOverviewRuler: '#795300',
    },
  },
  dark: {
    decorations: {
      matchBackground: '#5c480f',
      matchOverviewRuler: '#8a6c1b',
      activeMatchBackground: '#8a6c1b',
      activeMatchBorder: '#f7c640',
      activeMatchColorOverviewRuler: '#f7c640',
    },
  },
};

/** Searches what a terminal has said, scrolled-away lines included. */
export function TerminalSearch({ search, onClose }: { search: SearchAddon; onClose: () => void }) {
  const options = looks[useTheme().shown];
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ index: number; count: number } | null>(null);

  useEffect(() => {
    input.current?.focus();
    const results = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setFound({ index: resultIndex, count: resultCount }),
    );
    return () => {
      results.dispose();
      search.clearDecorations();
    };
  }, [search]);

  function look(next: string) {
    setText(next);
    if (next) search.findPrevious(next, { ...options, incremental: true });
    else {
      search.clearDecorations();
      setFound(null);
    }
  }

  return (
    <search className="absolute top-2 right-3 z-20 flex max-w-[calc(100%-1.5rem)] animate-rise items-center gap-1 rounded-lg border border-line-strong bg-raised p-1.5 shadow-float">
      <Input
        ref={input}
        type="search"
        aria-label="Search the output"
        placeholder="Search the output"
        value={text}
        onChange={event => look(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') onClose();
          if (event.key !== 'Enter' || !text) return;
          if (event.shiftKey) search.findNext(text, options);
          else search.findPrevious(text, options);
        }}
        className="h-8 w-44 min-w-0"
      />
      <output className="min-w-14 px-1 text-center text-muted text-xs tabular-nums">
        {text && found ? (found.count === 0 ? 'Nothing' : `${found.index + 1} of ${found.count}`) : ''}
      </output>
      <Button
        size="icon-sm"
        variant="quiet"
        aria-label="Earlier match"
        disabled={!text}
        icon={<ChevronUp aria-hidden />}
        onClick={() => search.findPrevious(text, options)}
      />
      <Button
        size="icon-sm"
        variant="quiet"
        aria-label="Later match"
        disabled={!text}
        icon={<ChevronDown aria-hidden />}
        onClick={() => search.findNext(text, options)}
      />
      <Button size="icon-sm" variant="quiet" aria-label="Close the search" icon={<X aria-hidden />} onClick={onClose} />
    </search>
  );
}
