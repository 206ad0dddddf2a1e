'use client';
import { Power } from 'lucide-react';
import { useCallback } from 'react';
import { TerminalPanel } from '#components/terminal/terminal-panel.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { useLab } from './attempt-context.tsx';
import { EndedNotice } from './ended-notice.tsx';
import { SandboxBar } from './sandbox-bar.tsx';
import { useSandbox } from './use-sandbox.ts';
import { type KnownTerminals, useTerminals } from './use-terminals.ts';

/** The right half: the sandbox's state, and its terminals. */
export function TerminalPane({ known }: { known: KnownTerminals | null }) {
  const { api, attempt, readOnly, terminal, host } = useLab();
  const control = useSandbox();
  const { sandbox, shown, busy, problem, run, active } = control;
  const sandboxId = sandbox?.id ?? null;
  const terminals = useTerminals(api, sandboxId, shown === 'ready', known);
  const open = useCallback(({ cols, rows }: { cols: number; rows: number }) => api.openTerminal({ cols, rows }), [api]);
  const close = useCallback((id: string) => api.closeTerminal(id).then(() => undefined), [api]);
  const start = () => run('start').catch(() => undefined);

  return (
    <section aria-label="Terminal" className="flex min-h-0 flex-1 flex-col bg-well">
      <SandboxBar {...control} />
      {problem && (
        <Callout
          tone="failed"
          role="alert"
          title={problem}
          className="m-3"
          actions={
            shown !== 'ready' && (
              <Button size="sm" onClick={start} icon={<Power aria-hidden className="size-4" />}>
                Try again
              </Button>
            )
          }
        />
      )}
      {host === 'unreachable' && (
        <Callout
          tone="unknown"
          role="status"
          className="m-3"
          title="The sandbox host does not answer."
          kept="Your progress, and your sandbox if the host still has it."
          todo="Nothing: it is restarted by itself, and this page goes on when it is back."
        />
      )}
      <div className="min-h-0 flex-1">
        {terminals !== null || shown !== 'ready' ? (
          <TerminalPanel
            // A fresh sandbox has fresh terminals.
            key={sandboxId ?? 'none'}
            attemptId={attempt.id}
            terminals={terminals ?? []}
            sandboxState={shown}
            onOpen={open}
            onClose={close}
            readOnly={readOnly}
            endedNotice={
              sandbox?.ended && shown === 'ended' ? (
                <EndedNotice ended={sandbox.ended} busy={busy !== null} onFresh={active ? start : null} />
              ) : undefined
            }
            handle={terminal}
          />
        ) : null}
      </div>
    </section>
  );
}
