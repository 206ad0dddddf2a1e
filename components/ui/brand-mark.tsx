import { cn } from '#components/ui/cn.ts';

/** A porthole: the water line in its middle, and below it a prompt. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn('size-8 shrink-0', className)}>
      <circle cx="16" cy="16" r="14" stroke="var(--accent)" strokeWidth="2.5" />
      <path d="M5.2 12.5h21.6a11.3 11.3 0 1 1-21.6 0Z" fill="var(--accent)" />
      <path d="m11 16 4 3.5-4 3.5M17 23h5" stroke="var(--hull)" strokeWidth="2.5" strokeLinecap="square" />
    </svg>
  );
}
