'use client';
import { useEffect, useReducer, useState } from 'react';
import { type Connection, keepConnected } from '#components/lab/live-connection.ts';
import type { ClassMessage, ClassRow } from '#domain/protocol/live.ts';
import { foldRows } from './fold-rows.ts';

export interface ClassTableRef {
  classId: string;
  course: string;
  lab: string;
}

/** A whole table comes every 30 s: who heard nothing for this long is cut off, even if no network said so. */
const silentMs = 70_000;
const lookMs = 5_000;

/** The rows of one class table: begins with what the server rendered, then follows `/ws/class/…`. */
export function useClassRows(table: ClassTableRef, initial: ClassRow[]): { rows: ClassRow[]; connection: Connection } {
  const { classId, course, lab } = table;
  const [rows, setRows] = useState(initial);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const [tries, tryAgain] = useReducer((count: number) => count + 1, 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try is a new connection
  useEffect(() => {
    const { protocol, host } = window.location;
    const path = [classId, course, lab].map(encodeURIComponent).join('/');
    let heardAt = Date.now();
    const lost = () => setConnection({ state: 'lost' });
    const silence = setInterval(() => {
      if (Date.now() - heardAt < silentMs) return;
      lost();
      tryAgain();
    }, lookMs);
    window.addEventListener('offline', lost);
    window.addEventListener('online', tryAgain);
    const stop = keepConnected({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/class/${path}`,
      // Our own server speaks; parsing again would bring zod into the page.
      onMessage: json => {
        heardAt = Date.now();
        setRows(now => foldRows(now, json as ClassMessage));
      },
      onState: next => setConnection(now => (now.state === next.state ? now : next)),
      // Who may not see the table any more is told so by the page itself when it is loaded again.
      whyRefused: async () => null,
    });
    return () => {
      clearInterval(silence);
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', tryAgain);
      stop();
    };
  }, [classId, course, lab, tries]);

  return { rows, connection };
}
