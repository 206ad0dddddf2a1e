'use client';
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

const keys: readonly { name: string; label: ReactNode; sends: string }[] = [
  { name: 'Escape', label: 'Esc', sends: '\x1b' },
  { name: 'Tab', label: 'Tab', sends: '\t' },
  { name: 'Control C', label: '^C', sends: '\x03' },
  { name: 'Control D', label: '^D', sends: '\x04' },
  { name: 'Left', label: <ArrowLeft aria-hidden />, sends: '\x1b[D' },
  { name: 'Up', label: <ArrowUp aria-hidden />, sends: '\x1b[A' },
  { name: 'Down', label: <ArrowDown aria-hidden />, sends: '\x1b[B' },
  { name: 'Right', label: <ArrowRight aria-hidden />, sends: '\x1b[C' },
];

/** The keys a phone does not have. */
export function TouchKeys({ onKey }: { onKey: (text: string) => void }) {
  return (
    <div role="toolbar" aria-label="Keys" className="hidden gap-1 border-line border-t p-1 pointer-coarse:flex">
      {keys.map(({ name, label, sends }) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          // Focus, and with it the phone's keyboard, stays in the terminal.
          onPointerDown={event => event.preventDefault()}
          onClick={() => onKey(sends)}
          className="flex h-10 min-w-0 flex-1 items-center justify-center rounded-md bg-well font-mono font-semibold text-muted text-sm active:bg-line [&_svg]:size-4"
        >
          {label}
        </button>
      ))}
    </div>
  );
}
