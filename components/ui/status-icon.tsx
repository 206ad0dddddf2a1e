import { cn } from '#components/ui/cn.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { type VerdictState, verdictLook } from '#components/ui/verdict-look.ts';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';

/** The state as an icon with a name for screen readers; `label={null}` where the words stand beside it. */
export function StatusIcon(props: {
  state: VerdictState;
  label?: string | null;
  checking?: boolean;
  className?: string;
}) {
  const look = verdictLook[props.state];
  const Icon = look.icon;
  const label = props.label === undefined ? look.label : props.label;
  return (
    <span className={cn('inline-flex shrink-0', look.ink)}>
      {props.checking ? (
        <Spinner className={cn('size-5', props.className)} />
      ) : (
        <Icon
          key={props.state}
          aria-hidden
          strokeWidth={2.25}
          className={cn('size-5', props.state === 'passed' && 'animate-latch', props.className)}
        />
      )}
      {label !== null && <VisuallyHidden>{label}</VisuallyHidden>}
    </span>
  );
}
