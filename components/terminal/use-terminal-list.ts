'use client';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { changeTerminalList, noTerminals, type TerminalList } from './terminal-list.ts';

interface Size {
  cols: number;
  rows: number;
}

export interface TerminalListOptions {
  /** As the page knows them. */
  terminals: readonly TerminalInfo[];
  /** The sandbox can take terminals. */
  ready: boolean;
  onOpen: (size: Size) => Promise<TerminalInfo>;
  onClose: (id: string) => Promise<void>;
}

export interface TerminalListControl extends TerminalList {
  opening: boolean;
  /** What went wrong last, in words for the learner. */
  problem: string | null;
  /** The learner has read it. */
  dismiss(): void;
  show(id: string): void;
  /** False when it did not work (`problem` says why) or one is being opened already. */
  open(size: Size): Promise<boolean>;
  /** Its shell was lost: the tab stays, to be read. */
  lose(id: string): void;
  close(id: string): void;
}

function words(error: unknown): string {
  const message = error !== null && typeof error === 'object' && 'learnerMessage' in error && error.learnerMessage;
  if (typeof message === 'string') return message;
  return 'The server could not be reached. Nothing was lost. Try again in a moment.';
}

/** The tabs of a panel, and the doing behind them. */
export function useTerminalList({ terminals, ready, onOpen, onClose }: TerminalListOptions): TerminalListControl {
  const [list, change] = useReducer(changeTerminalList, noTerminals);
  const [opening, setOpening] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const busy = useRef(false);

  useEffect(() => change({ type: 'known', terminals }), [terminals]);
  useEffect(() => {
    if (!ready) setProblem(null);
  }, [ready]);

  const open = useCallback(
    async (size: Size) => {
      if (busy.current) return false;
      busy.current = true;
      setOpening(true);
      setProblem(null);
      try {
        change({ type: 'opened', terminal: await onOpen(size) });
        return true;
      } catch (error) {
        setProblem(words(error));
        return false;
      } finally {
        busy.current = false;
        setOpening(false);
      }
    },
    [onOpen],
  );

  const close = useCallback(
    (id: string) => {
      change({ type: 'closed', id });
      setProblem(null);
      // One that is gone already is closed.
      onClose(id).catch(error => {
        if ((error as { code?: unknown }).code !== 'terminal-not-found') setProblem(words(error));
      });
    },
    [onClose],
  );

  const show = useCallback((id: string) => change({ type: 'shown', id }), []);
  const lose = useCallback((id: string) => change({ type: 'lost', id }), []);
  const dismiss = useCallback(() => setProblem(null), []);
  return { ...list, opening, problem, dismiss, show, open, close, lose };
}
