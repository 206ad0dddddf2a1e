'use client';
import type { SearchAddon } from '@xterm/addon-search';
import { Plus, SquareTerminal } from 'lucide-react';
import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { cn } from '#components/ui/cn.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { LostShellNotice } from './lost-shell-notice.tsx';
import { StatusLine } from './status-line.tsx';
import { TerminalSearch } from './terminal-search.tsx';
import { TerminalSkeleton } from './terminal-skeleton.tsx';
import { TerminalTabs } from './terminal-tabs.tsx';
import { TerminalToolbar } from './terminal-toolbar.tsx';
import { TerminalView, type TerminalViewHandle } from './terminal-view.tsx';
import { TouchKeys } from './touch-keys.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useConnectionStates } from './use-connection-states.ts';
import { useLostShells } from './use-lost-shells.ts';
import { useTerminalList } from './use-terminal-list.ts';
import { useTerminalPreferences } from './use-terminal-preferences.ts';

/** The size asked for before there is anything to measure; the first resize corrects it. */
const FIRST_SIZE = { cols: 80, rows: 24 } as const;

export interface TerminalHandle {
  /** Types the command into the shown terminal and presses Enter; false when there is no live one. */
  run(text: string): boolean;
  focus(): void;
  openTab(): Promise<boolean>;
}

export interface TerminalPanelProps {
  attemptId: string;
  /** As the server lists them; ended ones may be among them. */
  terminals: readonly TerminalInfo[];
  sandboxState: 'none' | 'starting' | 'ready' | 'ended';
  /** Rejects with `{ learnerMessage }`. */
  onOpen: (size: { cols: number; rows: number }) => Promise<TerminalInfo>;
  onClose: (terminalId: string) => Promise<void>;
  /** For who only looks. */
  readOnly?: boolean;
  /** Shown when the sandbox has ended: why, and the way on. */
  endedNotice?: ReactNode;
  /** Where a terminal is reached; another address serves previews and tests. */
  urlOf?: (terminalId: string) => string;
  handle?: Ref<TerminalHandle>;
  className?: string;
}

/** Terminals in tabs, with all that belongs to them; fills its parent. */
export function TerminalPanel(props: TerminalPanelProps) {
  const { attemptId, sandboxState, readOnly = false, endedNotice, handle, className } = props;
  const urlOf = props.urlOf ?? (id => `/ws/terminal/${attemptId}/${id}`);
  const ready = sandboxState === 'ready';
  const list = useTerminalList({ terminals: props.terminals, ready, onOpen: props.onOpen, onClose: props.onClose });
  const { terminals, active, opening, problem, open } = list;
  const connections = useConnectionStates(terminals);
  const [preferences, changePreferences] = useTerminalPreferences();
  const [searching, setSearching] = useState<SearchAddon | null>(null);
  const [selected, setSelected] = useState(false);
  const views = useRef(new Map<string, TerminalViewHandle>());
  const panel = useId();

  const view = () => (active === null ? undefined : views.current.get(active));
  const clipboard = useClipboard(view);
  const status = active === null ? null : (connections.statuses.get(active) ?? null);
  const panelId = (id: string) => `${panel}-${id}`;
  const search = () => setSearching(view()?.screen?.search ?? null);
  const openOne = () => {
    const { cols, rows } = terminals[0] ?? FIRST_SIZE;
    return open({ cols, rows });
  };
  // Who asks for a new terminal wants to type in it; one that comes by itself takes no focus away.
  const focusNew = useRef(false);
  const openAndFocus = () => {
    focusNew.current = true;
    void openOne();
  };
  const replaced = useLostShells({
    terminals,
    statuses: connections.statuses,
    mayOpen: ready && !readOnly,
    open: openOne,
    lose: list.lose,
  });

  // The first terminal comes by itself; one that the learner closed does not come back.
  const begun = useRef(false);
  useEffect(() => {
    if (!ready) begun.current = false;
    if (!ready || readOnly || begun.current) return;
    begun.current = true;
    if (!props.terminals.some(terminal => !terminal.exit)) void open(FIRST_SIZE);
  }, [ready, readOnly, props.terminals, open]);

  useImperativeHandle(handle, () => ({
    run: text => view()?.run(text) ?? false,
    focus: () => view()?.focus(),
    openTab: openOne,
  }));

  return (
    <section
      aria-label="Terminals"
      className={cn('flex h-full min-h-0 min-w-0 flex-col overflow-hidden bg-surface', className)}
    >
      <div className="flex items-center justify-between gap-2 border-line border-b">
        <TerminalTabs
          terminals={terminals}
          active={active}
          states={connections.states}
          panelId={panelId}
          opening={opening}
          onShow={id => {
            setSearching(null);
            list.show(id);
          }}
          onOpen={ready && !readOnly ? openAndFocus : null}
          onClose={readOnly ? null : list.close}
        />
        <TerminalToolbar
          enabled={active !== null}
          canCopy={selected}
          readOnly={readOnly}
          preferences={preferences}
          onPreferences={changePreferences}
          onSearch={search}
          onCopy={clipboard.copy}
          onPaste={clipboard.paste}
          onClose={active === null || readOnly ? null : () => list.close(active)}
        />
      </div>
      <div className="relative min-h-0 flex-1">
        {terminals.map(({ id, title }) => (
          <div
            key={id}
            id={panelId(id)}
            role="tabpanel"
            aria-label={`Terminal ${title}`}
            hidden={id !== active}
            className="absolute inset-0"
          >
            <TerminalView
              ref={each => {
                if (each) views.current.set(id, each);
                else views.current.delete(id);
              }}
              url={urlOf(id)}
              shown={id === active}
              readOnly={readOnly}
              preferences={preferences}
              onStatus={next => connections.set(id, next)}
              onCommand={command => {
                if (command === 'search') search();
                if (command === 'copy') clipboard.copy();
              }}
              onSelection={setSelected}
              onReady={() => {
                if (!focusNew.current || id !== active) return;
                focusNew.current = false;
                view()?.focus();
              }}
            />
          </div>
        ))}
        {searching && (
          <TerminalSearch
            search={searching}
            onClose={() => {
              setSearching(null);
              view()?.focus();
            }}
          />
        )}
        <Empty shown={active === null} opening={opening} state={sandboxState} onOpen={readOnly ? null : openAndFocus} />
        {sandboxState === 'ended' && endedNotice ? (
          <div className="absolute inset-x-3 bottom-3 z-10 mx-auto max-w-2xl">{endedNotice}</div>
        ) : (
          status &&
          connections.overdue && (
            <ConnectionBanner
              status={status}
              onRetry={() => view()?.retry()}
              onOpen={openAndFocus}
              onClose={() => active !== null && list.close(active)}
            />
          )
        )}
        {replaced.told && status?.state === 'live' && <LostShellNotice onClose={replaced.dismiss} />}
        {(problem ?? clipboard.problem) && (
          <Callout
            tone="failed"
            role="alert"
            title={problem ?? clipboard.problem}
            className="absolute inset-x-3 top-3 z-10 mx-auto max-w-2xl shadow-float"
            actions={
              problem && (
                <>
                  <Button size="sm" busy={opening} onClick={openAndFocus}>
                    Try again
                  </Button>
                  <Button size="sm" variant="quiet" onClick={list.dismiss}>
                    Dismiss
                  </Button>
                </>
              )
            }
          />
        )}
      </div>
      {!readOnly && active !== null && <TouchKeys onKey={text => view()?.type(text)} />}
      <StatusLine status={status} readOnly={readOnly} />
      <p role="status" className="sr-only">
        {connections.news}
      </p>
    </section>
  );
}

function Empty(props: {
  shown: boolean;
  opening: boolean;
  state: TerminalPanelProps['sandboxState'];
  onOpen: (() => void) | null;
}) {
  const { shown, opening, state, onOpen } = props;
  if (!shown) return null;
  if (opening) return <TerminalSkeleton />;
  if (state === 'starting') return <TerminalSkeleton>Starting your sandbox…</TerminalSkeleton>;
  if (state !== 'ready') return null;
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-4 p-6 text-center text-muted">
      <SquareTerminal aria-hidden className="size-10 stroke-[1.25]" />
      <p className="text-sm">No terminal is open. Your sandbox keeps running.</p>
      {onOpen && (
        <Button variant="primary" icon={<Plus aria-hidden />} onClick={onOpen}>
          New terminal
        </Button>
      )}
    </div>
  );
}
