import { cn } from '#components/ui/cn.ts';

/** A porthole: the water line in its middle, and below it a prompt. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn('size-8 shrink-0', className)}>
      <circle cx="16" cy="16" r="14.25" stroke="var(--accent)" strokeWidth="2.5" />
      <path d="M5.6 11.5h20.8a11.3 11.3 0 1 1-20.8 0Z" fill="var(--accent)" />
      <path d="m10.5 15.2 4.4 3.8-4.4 3.8M16.4 22.8H22" stroke="#0d2036" strokeWidth="2.6" />
    </svg>
  );
}
