import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-6 rounded-sm border border-line-strong/60 border-b-2 bg-surface px-1.5 text-center font-medium text-xs leading-5">
      {children}
    </kbd>
  );
}
