'use client';
import { useEffect, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { AttemptApi } from './attempt-api.ts';

export interface KnownTerminals {
  sandboxId: string;
  list: TerminalInfo[];
}

/**
 * The terminals that a living sandbox already has (after a reload); null until asked. The panel keeps its own list from
 * there, also after the sandbox has ended: what was on the screen stays readable.
 */
export function useTerminals(
  api: AttemptApi,
  sandboxId: string | null,
  living: boolean,
  first: KnownTerminals | null,
): TerminalInfo[] | null {
  const [found, setFound] = useState(first);
  const known = found?.sandboxId === sandboxId ? found.list : null;
  const missing = known === null;
  useEffect(() => {
    if (!sandboxId || !living || !missing) return;
    let current = true;
    api.terminals().then(
      list => current && setFound({ sandboxId, list }),
      // The panel then opens one of its own, and says why if that fails too.
      () => current && setFound({ sandboxId, list: [] }),
    );
    return () => {
      current = false;
    };
  }, [api, sandboxId, living, missing]);
  return known;
}
