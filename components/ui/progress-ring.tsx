import { Check } from 'lucide-react';
import { cn } from '#components/ui/cn.ts';

/** A small dial: the share done, a tick when all is. `label` is for screen readers. */
export function ProgressRing(props: { label: string; value: number; max: number; size?: number; className?: string }) {
  const { label, value, max, size = 40 } = props;
  const share = max > 0 ? Math.min(1, value / max) : 0;
  const done = share === 1;
  return (
    <span
      role="img"
      aria-label={`${label}: ${value} of ${max}`}
      className={cn('relative inline-grid shrink-0 place-items-center', props.className)}
      style={{ width: size, height: size }}
    >
      <svg viewBox="0 0 40 40" fill="none" strokeWidth="4" aria-hidden="true" className="absolute inset-0 -rotate-90">
        <circle cx="20" cy="20" r="17" className="stroke-line" />
        {share > 0 && (
          <circle
            cx="20"
            cy="20"
            r="17"
            pathLength="100"
            strokeDasharray={`${share * 100} 100`}
            className={cn('transition-[stroke-dasharray] duration-500', done ? 'stroke-passed' : 'stroke-accent')}
          />
        )}
      </svg>
      {done ? (
        <Check aria-hidden strokeWidth={3} className="size-1/2 text-passed" />
      ) : (
        <span
          aria-hidden
          className={cn(
            'font-semibold tabular-nums leading-none',
            `${value}/${max}`.length > 4 ? 'text-[0.5625rem]' : max > 9 ? 'text-[0.625rem]' : 'text-xs',
          )}
        >
          {value}
          <span className="text-faint">/{max}</span>
        </span>
      )}
    </span>
  );
}
