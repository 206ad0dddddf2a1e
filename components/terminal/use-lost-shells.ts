'use client';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { findLostShells } from './lost-shells.ts';
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
  const named = useRef(new Set<string>());
  const replaced = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const open = useEffectEvent(async (tries: number) => {
    if (!mayOpen) return;
    if (await deeds.open()) setTold(true);
    else if (tries + 1 < TRIES) timer.current = setTimeout(() => open(tries + 1), retryDelay(tries + 2, 0.5));
  });
  const look = useEffectEvent(() => {
    const { lost, due } = findLostShells(terminals, statuses);
    for (const id of lost.filter(each => !named.current.has(each))) {
      named.current.add(id);
      deeds.lose(id);
    }
    if (!mayOpen || !due || lost.every(id => replaced.current.has(id))) return;
    for (const id of lost) replaced.current.add(id);
    void open(0);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when one of them changed
  useEffect(() => look(), [terminals, statuses, mayOpen]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { told, dismiss: useCallback(() => setTold(false), []) };
}
