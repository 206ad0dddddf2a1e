'use client';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { TerminalCommandContext } from '#components/guide/markdown/terminal-command-context.tsx';
import type { TerminalHandle } from '#components/terminal/terminal-panel.tsx';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { PublicLab } from '#domain/lab/public-lab.ts';
import { LabProvider, type OpenedTexts } from './attempt-context.tsx';
import type { AttemptState } from './attempt-state.ts';
import { useAttempt } from './use-attempt.ts';

export interface LabRootProps {
  attempt: AttemptView;
  lab: PublicLab;
  host: AttemptState['host'];
  opened: OpenedTexts;
  readOnly: boolean;
  children: ReactNode;
}

/** Holds the live state around guide and terminal; it stays while one goes from step to step. */
export function LabRoot({ attempt, lab, host, opened: first, readOnly, children }: LabRootProps) {
  const live = useAttempt(attempt, host);
  const [opened, setOpened] = useState(first);
  const [pane, setPane] = useState<'guide' | 'terminal'>('guide');
  const terminal = useRef<TerminalHandle>(null);

  const addHints = useCallback(
    (task: string, hints: string[]) =>
      setOpened(now => ({ ...now, [task]: { solution: now[task]?.solution ?? null, hints } })),
    [],
  );
  const addSolution = useCallback(
    (task: string, solution: string) =>
      setOpened(now => ({ ...now, [task]: { hints: now[task]?.hints ?? [], solution } })),
    [],
  );
  const command = useMemo(
    () => ({
      run(text: string) {
        const done = terminal.current?.run(text) ?? false;
        // On a phone the terminal is the other tab: show what was run.
        if (done) setPane('terminal');
        return done;
      },
    }),
    [],
  );
  const value = useMemo(
    () => ({ ...live, lab, opened, addHints, addSolution, readOnly, pane, setPane, terminal }),
    [live, lab, opened, addHints, addSolution, readOnly, pane],
  );

  return (
    <LabProvider value={value}>
      <TerminalCommandContext value={command}>{children}</TerminalCommandContext>
    </LabProvider>
  );
}
