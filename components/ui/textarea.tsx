import type { ComponentProps } from 'react';
import { cn } from '#components/ui/cn.ts';
import { controlStyle } from '#components/ui/control-style.ts';

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} rows={rows} className={cn(controlStyle, 'py-2', className)} />;
}
