import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';

export interface CodeBlockProps {
  /** The text that Copy copies; shown as it is when there are no children. */
  code: string;
  /** Highlighted code, inside the frame's own `pre`. */
  children?: ReactNode;
  /** Stands above: a file name or "Run in the sandbox". */
  title?: ReactNode;
  /** More buttons, before Copy: Run. */
  actions?: ReactNode;
  className?: string;
}

export function CodeBlock({ code, children, title, actions, className }: CodeBlockProps) {
  const buttons = (
    <div className="flex shrink-0 items-center gap-1">
      {actions}
      <CopyButton text={code} label="Copy code" />
    </div>
  );
  return (
    <figure className={cn('min-w-0 overflow-hidden rounded-lg border border-line bg-well', className)}>
      {title && (
        <figcaption className="flex items-center justify-between gap-3 border-line border-b py-1 pr-1.5 pl-4 text-muted text-xs">
          <span className="min-w-0 truncate font-semibold">{title}</span>
          {buttons}
        </figcaption>
      )}
      <div className="flex items-start">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          className="min-w-0 flex-1 overflow-x-auto px-4 py-3 text-sm leading-relaxed focus-visible:-outline-offset-2"
        >
          <code>{children ?? code}</code>
        </pre>
        {!title && <div className="py-1.5 pr-1.5">{buttons}</div>}
      </div>
    </figure>
  );
}
