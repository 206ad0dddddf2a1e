import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '#components/ui/cn.ts';
import { controlStyle } from '#components/ui/control-style.ts';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

/** The browser's own select: it works with keyboards, phones and forms without help. */
export function Select({
  className,
  options,
  ...rest
}: ComponentProps<'select'> & { options: readonly SelectOption[] }) {
  return (
    <span className={cn('relative block', className)}>
      <select {...rest} className={cn(controlStyle, 'h-10 appearance-none pr-9 pointer-coarse:h-11')}>
        {options.map(option => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
