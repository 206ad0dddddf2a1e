'use client';
import { useEffect, useState } from 'react';
import { type Connection, keepConnected } from '#components/lab/live-connection.ts';
import type { ClassMessage, ClassRow } from '#domain/protocol/live.ts';
import { foldRows } from './fold-rows.ts';

export interface ClassTableRef {
  classId: string;
  course: string;
  lab: string;
}

/** The rows of one class table: begins with what the server rendered, then follows `/ws/class/…`. */
export function useClassRows(table: ClassTableRef, initial: ClassRow[]): { rows: ClassRow[]; connection: Connection } {
  const { classId, course, lab } = table;
  const [rows, setRows] = useState(initial);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });

  useEffect(() => {
    const { protocol, host } = window.location;
    const path = [classId, course, lab].map(encodeURIComponent).join('/');
    return keepConnected({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/class/${path}`,
      // Our own server speaks; parsing again would bring zod into the page.
      onMessage: json => setRows(now => foldRows(now, json as ClassMessage)),
      onState: next => setConnection(now => (now.state === next.state ? now : next)),
      // Who may not see the table any more is told so by the page itself when it is loaded again.
      whyRefused: async () => null,
    });
  }, [classId, course, lab]);

  return { rows, connection };
}
