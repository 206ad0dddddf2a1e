import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { boxedChoiceStyle, choiceStyle } from '#components/ui/choice-style.ts';
import { cn } from '#components/ui/cn.ts';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
  boxed?: boolean;
}

export function Checkbox({ label, hint, boxed, className, ...rest }: CheckboxProps) {
  return (
    <label className={cn(choiceStyle, boxed && boxedChoiceStyle, className)}>
      <span className="relative mt-0.5 grid size-5 shrink-0 place-items-center">
        <input
          {...rest}
          type="checkbox"
          className={cn(
            'peer size-5 appearance-none rounded-sm border border-line-strong bg-surface checked:border-accent-line checked:bg-accent disabled:opacity-60',
            boxed && 'outline-none',
          )}
        />
        <Check
          aria-hidden
          strokeWidth={3.5}
          className="pointer-events-none absolute size-3.5 text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className="min-w-0 flex-1">
        {label}
        {hint && <span className="block text-muted">{hint}</span>}
      </span>
    </label>
  );
}
