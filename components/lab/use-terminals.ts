'use client';
import { useEffect, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { AttemptApi } from './attempt-api.ts';

/**
 * The terminals that a living sandbox already has (after a reload); null until asked. The panel keeps its own list from
 * there, also after the sandbox has ended: what was on the screen stays readable.
 */
export function useTerminals(api: AttemptApi, sandboxId: string | null, living: boolean): TerminalInfo[] | null {
  const [found, setFound] = useState<{ sandboxId: string; list: TerminalInfo[] } | null>(null);
  useEffect(() => {
    if (!sandboxId || !living) return;
    let current = true;
    api.terminals().then(
      list => current && setFound({ sandboxId, list }),
      // The panel then opens one of its own, and says why if that fails too.
      () => current && setFound({ sandboxId, list: [] }),
    );
    return () => {
      current = false;
    };
  }, [api, sandboxId, living]);
  return found?.sandboxId === sandboxId ? found.list : null;
}
