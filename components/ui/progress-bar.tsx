import { cn } from '#components/ui/cn.ts';

export interface ProgressBarProps {
  /** Names what progresses, for screen readers and, unless hidden, above the bar. */
  label: string;
  value: number;
  max: number;
  /** Words for the figure; "3 of 7" unless given. */
  text?: string;
  hideText?: boolean;
  className?: string;
}

/** One segment per part up to 24, like draft marks on a hull; a plain bar beyond. */
export function ProgressBar({ label, value, max, text = `${value} of ${max}`, hideText, className }: ProgressBarProps) {
  const done = max > 0 && value >= max;
  const fill = done ? 'bg-passed' : 'bg-accent';
  return (
    <div className={cn('grid gap-1.5', className)}>
      {!hideText && (
        <div className="flex items-baseline justify-between gap-4 text-sm">
          <span className="text-muted">{label}</span>
          <span className="font-semibold tabular-nums">{text}</span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuetext={text}
        className="flex h-2 gap-0.5 overflow-hidden rounded-full"
      >
        {max > 0 && max <= 24 ? (
          Array.from({ length: max }, (_, part) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
              key={part}
              className={cn('flex-1 transition-colors duration-300', part < value ? fill : 'bg-line')}
            />
          ))
        ) : (
          <span className="flex-1 bg-line">
            <span
              className={cn('block h-full transition-[width] duration-300', fill)}
              style={{ width: `${max > 0 ? Math.min(100, (100 * value) / max) : 0}%` }}
            />
          </span>
        )}
      </div>
    </div>
  );
}
