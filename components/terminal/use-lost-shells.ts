'use client';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { nextLoss } from './lost-shells.ts';
import { retryDelay } from './retry-delay.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

/** A fresh shell is asked for this often; then the learner is told, with a button. */
const TRIES = 6;

export interface LostShellsOptions {
  terminals: readonly TerminalInfo[];
  statuses: ReadonlyMap<string, ConnectionStatus>;
  /** The sandbox lives, and the viewer may open terminals. */
  mayOpen: boolean;
  open: () => Promise<boolean>;
  lose: (id: string) => void;
}

/** Opens one fresh shell by itself when the agent was restarted and took the shells with it. */
export function useLostShells({ terminals, statuses, mayOpen, ...deeds }: LostShellsOptions) {
  const [told, setTold] = useState(false);
  const known = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const open = useEffectEvent(async (attempt: number) => {
    if (!mayOpen) return;
    if (await deeds.open()) setTold(true);
    else if (attempt + 1 < TRIES) timer.current = setTimeout(() => open(attempt + 1), retryDelay(attempt + 2, 0.5));
  });
  const look = useEffectEvent(() => {
    const { lost, none } = nextLoss(terminals, statuses, known.current);
    for (const id of lost) deeds.lose(id);
    if (none) {
      for (const id of none) known.current.add(id);
      void open(0);
    }
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when one of them changed
  useEffect(() => look(), [terminals, statuses, mayOpen]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { told, dismiss: useCallback(() => setTold(false), []) };
}
