'use client';
import '@xterm/xterm/css/xterm.css';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { terminalTheme } from '#components/ui/terminal-theme.ts';
import { useTheme } from '#components/ui/use-theme.ts';
import { type ConnectionStatus, TerminalConnection } from './terminal-connection.ts';
import { commandOfKey, type TerminalCommand } from './terminal-keys.ts';
import type { TerminalPreferences } from './terminal-preferences.ts';
import { TerminalSkeleton } from './terminal-skeleton.tsx';
import { typedCommand } from './typed-command.ts';
import { watchNetwork } from './watch-network.ts';
import { XtermScreen } from './xterm-screen.ts';

/** Wait after the last change of size: a dragged divider changes it sixty times a second. */
const RESIZE_MS = 60;

export interface TerminalViewHandle {
  /** Types a command and Enter; false when the terminal is not live. */
  run(text: string): boolean;
  /** Types as if by a key. */
  type(text: string): void;
  paste(text: string): void;
  readonly selection: string;
  readonly screen: XtermScreen | null;
  focus(): void;
  retry(): void;
}

export interface TerminalViewProps {
  url: string;
  /** Others stay mounted, hidden: their output goes on. */
  shown: boolean;
  readOnly: boolean;
  preferences: TerminalPreferences;
  onStatus: (status: ConnectionStatus) => void;
  onCommand: (command: Exclude<TerminalCommand, 'leave'>) => void;
  onSelection: (selected: boolean) => void;
  /** It can be typed into. */
  onReady: () => void;
  ref?: Ref<TerminalViewHandle>;
}

/** One terminal: xterm.js joined to its connection. */
export function TerminalView({ url, shown, readOnly, preferences, ref, ...events }: TerminalViewProps) {
  const parent = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState<{ screen: XtermScreen; connection: TerminalConnection } | null>(null);
  const theme = terminalTheme[useTheme().shown];
  const look = { theme, readOnly, ...preferences };

  const onStatus = useEffectEvent((status: ConnectionStatus) => events.onStatus(status));
  const onSelection = useEffectEvent((selected: boolean) => events.onSelection(selected));
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const command = commandOfKey(event);
    if (!command) return true;
    // Leaving and pasting are the browser's own doing, once the terminal keeps out of the way.
    if (command === 'copy' || command === 'search') event.preventDefault();
    if (event.type === 'keydown' && (command === 'copy' || command === 'search')) events.onCommand(command);
    return false;
  });
  const create = useEffectEvent((element: HTMLElement, onInput: (data: string | Uint8Array) => void) =>
    XtermScreen.create(element, { ...look, onInput, onKey, onSelection }),
  );

  useEffect(() => {
    const element = parent.current;
    if (!element) return;
    let connection: TerminalConnection | null = null;
    let screen: XtermScreen | null = null;
    let gone = false;
    let stopWatching = () => {};
    void create(element, data => connection?.input(data)).then(created => {
      if (gone) {
        created.dispose();
        return;
      }
      screen = created;
      connection = new TerminalConnection({ url: absolute(url), screen, onStatus });
      stopWatching = watchNetwork(connection);
      connection.connect();
      setLive({ screen, connection });
    });
    return () => {
      gone = true;
      stopWatching();
      connection?.dispose();
      screen?.dispose();
      setLive(null);
    };
  }, [url]);

  const refit = useEffectEvent(() => {
    const size = shown && !readOnly ? live?.screen.wantedSize() : null;
    if (!live || !size) return;
    live.connection.resize(size.cols, size.rows);
    if (live.connection.status.state !== 'live') live.screen.resize(size.cols, size.rows);
  });

  const onReady = useEffectEvent(() => events.onReady());
  useEffect(() => {
    if (live) onReady();
  }, [live]);

  useEffect(() => {
    live?.screen.set({ theme, readOnly, ...preferences });
    // Another font size: another number of cells.
    refit();
  }, [live, theme, readOnly, preferences]);

  useEffect(() => {
    const element = parent.current;
    if (!element || !live) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => refit(), RESIZE_MS);
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [live]);

  useImperativeHandle(
    ref,
    () => ({
      run(text) {
        if (live?.connection.status.state !== 'live') return false;
        live.connection.input(typedCommand(text, live.screen.bracketedPaste));
        live.screen.scrollToBottom();
        live.screen.focus();
        return true;
      },
      type: text => live?.connection.input(text),
      paste: text => live?.screen.paste(text),
      get selection() {
        return live?.screen.selection ?? '';
      },
      get screen() {
        return live?.screen ?? null;
      },
      focus: () => live?.screen.focus(),
      retry: () => live?.connection.retryNow(),
    }),
    [live],
  );

  return (
    <div className="absolute inset-0" style={{ background: theme.background }} hidden={!shown}>
      {!live && <TerminalSkeleton />}
      <div ref={parent} className="absolute inset-y-2 right-1 left-3" />
    </div>
  );
}

function absolute(url: string): string {
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  return address.href;
}
