'use client';
import { Power } from 'lucide-react';
import { useCallback } from 'react';
import { TerminalPanel } from '#components/terminal/terminal-panel.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useLab } from './attempt-context.tsx';
import { ElsewhereNotice } from './elsewhere-notice.tsx';
import { EndedNotice } from './ended-notice.tsx';
import { FenceNotice } from './fence-notice.tsx';
import { QueueNotice } from './queue-notice.tsx';
import { SandboxBar } from './sandbox-bar.tsx';
import { useSandbox } from './use-sandbox.ts';
import { type KnownTerminals, useTerminals } from './use-terminals.ts';

/** The right half: the sandbox's state, and its terminals. */
export function TerminalPane({ known }: { known: KnownTerminals | null }) {
  const { api, attempt, readOnly, terminal, host } = useLab();
  const control = useSandbox();
  const { sandbox, ticket, shown, busy, problem, left, elsewhere, run, active } = control;
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
      {shown === 'ready' && <FenceNotice />}
      <div className="min-h-0 flex-1">
        {ticket ? (
          <QueueNotice
            ticket={ticket}
            busy={busy === 'end'}
            onLeave={active ? () => void run('end').catch(() => undefined) : null}
          />
        ) : elsewhere.length > 0 ? (
          <ElsewhereNotice elsewhere={elsewhere} onMove={() => run('start', elsewhere)} />
        ) : shown === 'none' && active && !problem && left ? (
          <div className="flex h-full items-center justify-center p-4">
            <EmptyState
              title="You left the queue"
              action={
                <Button variant="primary" busy={busy !== null} onClick={start} icon={<Power aria-hidden />}>
                  Ask for a sandbox
                </Button>
              }
            >
              Your progress is kept. The guide and its questions are open to you without a sandbox, too.
            </EmptyState>
          </div>
        ) : terminals !== null || shown !== 'ready' ? (
          <TerminalPanel
            // A fresh sandbox has fresh terminals.
            key={sandboxId ?? 'none'}
            attemptId={attempt.id}
            terminals={terminals ?? []}
            sandboxState={shown === 'queued' ? 'starting' : shown}
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
