'use client';
import { BookOpen, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { cn } from '#components/ui/cn.ts';
import { useLab } from './attempt-context.tsx';
import { splitCookie } from './split-cookie.ts';

const panes = [
  { value: 'guide', label: 'Guide', icon: BookOpen },
  { value: 'terminal', label: 'Terminal', icon: SquareTerminal },
] as const;

/** Guide and terminal side by side, draggable, as wide as last time; on a narrow screen one of them at a time. */
export function SplitView({
  guide,
  terminal,
  guideShare,
}: {
  guide: ReactNode;
  terminal: ReactNode;
  guideShare: number;
}) {
  const { pane, setPane, attempt } = useLab();
  // On a phone the place in the queue would else be out of sight while one reads.
  const place = attempt.ticket && attempt.ticket.basis !== 'starting' ? attempt.ticket.position : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Group
        id="split"
        orientation="horizontal"
        defaultLayout={{ guide: guideShare, terminal: 100 - guideShare }}
        onLayoutChanged={layout => {
          // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API
          if (layout.guide) document.cookie = splitCookie(layout.guide);
        }}
        className={cn(
          'min-h-0 flex-1',
          pane === 'guide' ? 'max-lg:[&>#terminal]:hidden!' : 'max-lg:[&>#guide]:hidden!',
        )}
      >
        <Panel id="guide" minSize="22rem" className="flex flex-col">
          {guide}
        </Panel>
        <Separator
          aria-label="Width of the guide"
          className="group/sep relative w-1.5 shrink-0 bg-line outline-none transition-colors hover:bg-accent focus-visible:bg-focus data-[separator=active]:bg-accent max-lg:hidden"
        >
          <span
            aria-hidden
            className="absolute top-1/2 left-1/2 h-10 w-0.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-line-strong"
          />
        </Separator>
        <Panel id="terminal" minSize="20rem" className="flex flex-col">
          {terminal}
        </Panel>
      </Group>
      <nav aria-label="Show" className="grid grid-cols-2 border-line border-t bg-surface lg:hidden">
        {panes.map(({ value, label, icon: Icon }) => (
          <button
            key={value}
            type="button"
            aria-pressed={pane === value}
            onClick={() => setPane(value)}
            className={cn(
              'flex items-center justify-center gap-2 border-t-2 py-3 font-semibold text-sm',
              pane === value ? 'border-accent text-ink' : 'border-transparent text-muted',
            )}
          >
            <Icon aria-hidden className="size-4.5" />
            {label}
            {value === 'terminal' && place !== null && (
              <span className="rounded-full bg-accent px-1.5 text-on-accent text-xs tabular-nums">
                {place === 1 ? 'next' : `${place} in line`}
              </span>
            )}
          </button>
        ))}
      </nav>
    </div>
  );
}
