import { cn } from '#components/ui/cn.ts';

/** Holds the place of what is loading; give it the size by class. Say "Loading …" once, near it, for screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('h-4 animate-pulse rounded-md bg-line', className)} />;
}
