'use client';
import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

type State = ConnectionStatus['state'];

const words: Record<State, string> = {
  connecting: 'connecting',
  live: 'live',
  reconnecting: 'reconnecting',
  ended: 'ended',
};

const dots: Record<State, string> = {
  connecting: 'animate-pulse bg-info',
  live: 'bg-passed',
  reconnecting: 'animate-pulse bg-undone',
  // A ring rather than a dot: told apart without colour.
  ended: 'border border-line-strong',
};

export interface TerminalTabsProps {
  terminals: readonly TerminalInfo[];
  active: string | null;
  states: ReadonlyMap<string, State>;
  /** Of the element that shows the terminal with this id. */
  panelId: (id: string) => string;
  /** Null: no more may be opened here. */
  onOpen: (() => void) | null;
  opening: boolean;
  onShow: (id: string) => void;
  /** Null: tabs cannot be closed here. */
  onClose: ((id: string) => void) | null;
}

/** Arrow keys move between tabs, Delete closes one; the crosses are for the mouse. */
export function TerminalTabs({
  terminals,
  active,
  states,
  panelId,
  onShow,
  onClose,
  onOpen,
  opening,
}: TerminalTabsProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKey(event: KeyboardEvent, at: number) {
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: terminals.length - 1 };
    const to = moves[event.key];
    if (to !== undefined) {
      const next = terminals[(to + terminals.length) % terminals.length];
      if (next) onShow(next.id);
      list.current?.querySelectorAll<HTMLElement>('[role=tab]')[(to + terminals.length) % terminals.length]?.focus();
      event.preventDefault();
    }
    const here = terminals[at];
    if (event.key === 'Delete' && here) onClose?.(here.id);
  }

  return (
    <div className="flex min-w-0 items-center">
      <div
        ref={list}
        role="tablist"
        aria-label="Terminals"
        className="flex min-w-0 overflow-x-auto [scrollbar-width:none]"
      >
        {terminals.map((terminal, at) => {
          const state: State = terminal.exit ? 'ended' : (states.get(terminal.id) ?? 'connecting');
          const selected = terminal.id === active;
          return (
            <button
              key={terminal.id}
              type="button"
              role="tab"
              aria-selected={selected}
              aria-controls={panelId(terminal.id)}
              aria-label={`Terminal ${terminal.title}, ${words[state]}`}
              tabIndex={selected ? 0 : -1}
              onClick={() => onShow(terminal.id)}
              onKeyDown={event => onKey(event, at)}
              className={cn(
                'group relative flex h-10 shrink-0 items-center gap-2 px-3 font-semibold text-sm transition-colors focus-visible:-outline-offset-2 pointer-coarse:h-11',
                selected
                  ? 'text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-[3px] after:rounded-t-sm after:bg-accent'
                  : 'text-muted hover:text-ink',
              )}
            >
              <span aria-hidden className={cn('size-2 rounded-full', dots[state])} />
              <span className="tabular-nums">{terminal.title}</span>
              {onClose && (
                <span
                  aria-hidden
                  title={`Close terminal ${terminal.title}`}
                  onClick={event => {
                    event.stopPropagation();
                    onClose(terminal.id);
                  }}
                  className={cn(
                    '-mr-1.5 grid size-5 place-items-center rounded-sm hover:bg-line',
                    !selected && 'opacity-0 group-hover:opacity-100',
                  )}
                >
                  <X className="size-3.5" />
                </span>
              )}
            </button>
          );
        })}
      </div>
      {onOpen && (
        <Tooltip label="New terminal" side="bottom">
          <Button
            size="icon-sm"
            variant="quiet"
            aria-label="New terminal"
            busy={opening}
            icon={<Plus aria-hidden />}
            onClick={onOpen}
          />
        </Tooltip>
      )}
    </div>
  );
}
