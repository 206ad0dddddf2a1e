import { cn } from '#components/ui/cn.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg' | 'icon' | 'icon-sm';

const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-md border font-semibold whitespace-nowrap transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:shrink-0';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-accent-line bg-accent text-on-accent hover:bg-accent-hover active:bg-accent dark:border-transparent',
  secondary: 'border-line-strong/60 bg-surface text-ink hover:border-line-strong hover:bg-well active:bg-line/60',
  quiet: 'border-transparent text-muted hover:bg-line/50 hover:text-ink active:bg-line',
  danger: 'border-transparent bg-failed-fill text-[#fff] hover:brightness-110 active:brightness-95',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-8 px-3 text-sm pointer-coarse:h-10 [&_svg]:size-4',
  md: 'h-10 px-4 text-sm pointer-coarse:h-11 [&_svg]:size-4.5',
  lg: 'h-12 px-6 text-base [&_svg]:size-5',
  icon: 'size-10 pointer-coarse:size-11 [&_svg]:size-5',
  'icon-sm': 'size-8 pointer-coarse:size-10 [&_svg]:size-4',
};

/** The classes of a button, for what looks like one but is not (a link, a file input's label). */
export function buttonStyle(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', className?: string): string {
  return cn(base, variants[variant], sizes[size], className);
}
