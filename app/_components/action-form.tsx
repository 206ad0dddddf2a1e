'use client';
import { type HTMLInputTypeAttribute, type ReactNode, useActionState } from 'react';
import { type FormState, untouched } from '#app/_components/form-state.ts';
import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { SubmitButton } from '#components/ui/submit-button.tsx';
import { TextField } from '#components/ui/text-field.tsx';

export interface FormField {
  name: string;
  label: string;
  type?: HTMLInputTypeAttribute;
  autoComplete?: string;
  hint?: string;
  defaultValue?: string;
  readOnly?: boolean;
  minLength?: number;
  maxLength?: number;
}

export interface ActionFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  fields: readonly FormField[];
  submit: string;
  /** `page`: the page's one purpose. `part`: one of several forms on it. */
  kind?: 'page' | 'part';
  /** Sent along unseen. */
  hidden?: Readonly<Record<string, string>>;
  /** Below the button. */
  children?: ReactNode;
}

/** A form of a few text boxes. Works without JavaScript; what was typed survives a failed try. */
export function ActionForm({ action, fields, submit, kind = 'page', hidden = {}, children }: ActionFormProps) {
  const [state, formAction] = useActionState(action, untouched);
  return (
    <form action={formAction} className="grid gap-5">
      {state.problem && <ProblemCallout text={state.problem} />}
      {state.done && <Callout tone="passed" role="status" title={state.done} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map(({ defaultValue, ...field }) => (
        <TextField key={field.name} required {...field} defaultValue={state.values[field.name] ?? defaultValue} />
      ))}
      {kind === 'page' ? (
        <SubmitButton size="lg" className="w-full">
          {submit}
        </SubmitButton>
      ) : (
        <SubmitButton variant="secondary" className="justify-self-start">
          {submit}
        </SubmitButton>
      )}
      {children}
    </form>
  );
}
