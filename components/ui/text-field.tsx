import type { ComponentProps, ReactNode } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  hideLabel?: boolean;
}

/** The usual case: a label, a box, its hint and its error. `className` goes to the whole. */
export function TextField({ label, hint, error, optional, hideLabel, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} className={className}>
      {control => <Input {...rest} {...control} />}
    </Field>
  );
}
