'use client';
import { useEffect, useRef, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { connectionWords } from './connection-words.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

/** A drop that is mended by then is not worth a word. */
const PATIENCE_MS = 700;

export interface ConnectionStates {
  statuses: ReadonlyMap<string, ConnectionStatus>;
  states: ReadonlyMap<string, ConnectionStatus['state']>;
  /** Whether to speak of a dropped connection: it has lasted a moment, or the terminal has ended. */
  overdue: boolean;
  /** The last thing that happened, for screen readers. */
  news: string;
  set(id: string, status: ConnectionStatus): void;
}

/** How the connections of a panel's terminals are. */
export function useConnectionStates(terminals: readonly TerminalInfo[]): ConnectionStates {
  const [statuses, setStatuses] = useState<ReadonlyMap<string, ConnectionStatus>>(new Map());
  const [news, setNews] = useState('');
  const [now, setNow] = useState(0);
  const before = useRef(new Map<string, ConnectionStatus['state']>());

  const lost = [...statuses.values()].find(status => status.state === 'reconnecting')?.since ?? null;
  useEffect(() => {
    if (lost === null) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, lost + PATIENCE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [lost]);

  function set(id: string, status: ConnectionStatus) {
    setStatuses(known => new Map(known).set(id, status));
    const was = before.current.get(id);
    before.current.set(id, status.state);
    if (was === status.state) return;
    const title = terminals.find(terminal => terminal.id === id)?.title ?? '';
    if (status.state === 'live')
      setNews(was === 'reconnecting' ? `Terminal ${title} is connected again.` : `Terminal ${title} is open.`);
    else setNews(connectionWords(status)?.title ?? '');
  }

  const states = new Map([...statuses].map(([id, status]) => [id, status.state]));
  const overdue =
    [...statuses.values()].some(status => status.state === 'ended') || (lost !== null && now - lost >= PATIENCE_MS);
  return { statuses, states, overdue, news, set };
}
