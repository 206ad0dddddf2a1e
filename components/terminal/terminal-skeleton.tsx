import { Spinner } from '#components/ui/spinner.tsx';

/** Stands where a terminal is about to be. */
export function TerminalSkeleton({ children = 'Opening a terminal…' }: { children?: string }) {
  return (
    <p className="absolute inset-0 flex items-center justify-center gap-2 font-mono text-muted text-sm">
      <Spinner />
      {children}
    </p>
  );
}
