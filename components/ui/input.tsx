import type { ComponentProps } from 'react';
import { cn } from '#components/ui/cn.ts';
import { controlStyle } from '#components/ui/control-style.ts';

/** A bare text box. Give it a name by a `Field` around it or an `aria-label`. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cn(controlStyle, 'h-10 pointer-coarse:h-11', className)} />;
}
