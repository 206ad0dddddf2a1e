'use client';
import { CircleStop, Clock, RotateCcw, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { PortLinks } from './port-links.tsx';
import { soonMs, timeLeftText } from './time-left.ts';
import { useNow } from './use-now.ts';
import type { SandboxShown, useSandbox } from './use-sandbox.ts';

const words: Record<SandboxShown, string> = {
  none: 'No sandbox',
  queued: 'Waiting for a sandbox',
  starting: 'Sandbox is starting',
  ready: 'Sandbox is running',
  ended: 'Sandbox has ended',
};

const dots: Record<SandboxShown, string> = {
  none: 'bg-faint',
  queued: 'bg-info animate-pulse',
  starting: 'bg-info animate-pulse',
  ready: 'bg-passed',
  ended: 'bg-undone',
};

/** State of the sandbox, the time it has left, and what can be done with it. */
export function SandboxBar({ sandbox, shown, busy, run, active }: ReturnType<typeof useSandbox>) {
  const [asking, setAsking] = useState<'reset' | 'end' | null>(null);
  const now = useNow(10_000);
  const leftMs = shown === 'ready' && sandbox?.expiresAt && now !== null ? sandbox.expiresAt - now : null;
  const soon = leftMs !== null && leftMs < soonMs;
  return (
    <div className="flex min-h-11 items-center gap-2 border-line border-b bg-surface px-3 text-sm">
      <p className="flex min-w-0 items-center gap-2" role="status">
        <span aria-hidden className={cn('size-2.5 shrink-0 rounded-full', dots[shown])} />
        <span className="truncate font-semibold">{words[shown]}</span>
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        {shown === 'ready' && sandbox && <PortLinks sandboxId={sandbox.id} />}
        {leftMs !== null && (
          <span
            className={cn('flex items-center gap-1.5 tabular-nums', soon ? 'font-semibold text-undone' : 'text-muted')}
          >
            <Clock aria-hidden className="size-4" />
            {timeLeftText(leftMs)}
            <span className="max-sm:sr-only">left</span>
          </span>
        )}
        {soon && active && (
          <Button size="sm" busy={busy === 'extend'} onClick={() => run('extend').catch(() => undefined)}>
            Extend
          </Button>
        )}
        {shown === 'ready' && active && (
          <DropdownMenu
            align="end"
            trigger={
              <Button
                size="icon-sm"
                variant="quiet"
                aria-label="Sandbox actions"
                icon={<Settings2 aria-hidden className="size-4.5" />}
              />
            }
          >
            <MenuItem icon={<Clock aria-hidden />} onSelect={() => run('extend').catch(() => undefined)}>
              Give it more time
            </MenuItem>
            <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => setAsking('reset')}>
              Reset to a fresh one
            </MenuItem>
            <MenuItem icon={<CircleStop aria-hidden />} tone="danger" onSelect={() => setAsking('end')}>
              End it
            </MenuItem>
          </DropdownMenu>
        )}
      </div>
      <ConfirmDialog
        open={asking === 'reset'}
        onOpenChange={open => setAsking(open ? 'reset' : null)}
        title="Start over in a fresh sandbox?"
        description="Containers, images and files that you made in this one are lost. Passed tasks, answers and hints are kept."
        confirmLabel="Reset sandbox"
        onConfirm={() => run('reset')}
      />
      <ConfirmDialog
        open={asking === 'end'}
        onOpenChange={open => setAsking(open ? 'end' : null)}
        title="End this sandbox?"
        description="What is in it is lost. Passed tasks, answers and hints are kept, and you can start a fresh one at any time."
        confirmLabel="End sandbox"
        onConfirm={() => run('end')}
      />
    </div>
  );
}
