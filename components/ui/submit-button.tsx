'use client';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from '#components/ui/button.tsx';

/** Submits the form around it and is busy while its action runs. */
export function SubmitButton({ variant = 'primary', busy, ...rest }: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...rest} type="submit" variant={variant} busy={busy || pending} />;
}
