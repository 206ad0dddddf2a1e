import { cn } from '#components/ui/cn.ts';

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
};

/**
 * A person's initials. Decoration: the name stands beside it, or in the label of the button around it. The letters
 * come from CSS, so that they are no part of that button's text.
 */
export function Avatar({ name, size = 32, className }: { name: string; size?: number; className?: string }) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={cn(
        'before:content-[attr(data-initials)] inline-grid shrink-0 select-none place-items-center rounded-full border border-accent-line bg-accent-soft font-semibold text-accent-ink',
        className,
      )}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
    />
  );
}
