'use client';
import { type ReactNode, useActionState, useState } from 'react';
import { toast } from 'sonner';
import { type FormState, untouched } from '#app/_components/form-state.ts';
import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { SubmitButton } from '#components/ui/submit-button.tsx';

export interface FormDialogProps {
  title: string;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  action: (state: FormState, form: FormData) => Promise<FormState>;
  submit: string;
  hidden?: Readonly<Record<string, string>>;
  /** The fields, given what was typed when the last try failed. */
  children: (values: Record<string, string>) => ReactNode;
}

/** A dialog around one form: closes when it worked, says why when not. */
export function FormDialog({ title, description, trigger, open, onOpenChange, ...form }: FormDialogProps) {
  const [inner, setInner] = useState(false);
  const change = onOpenChange ?? setInner;
  return (
    <Dialog title={title} description={description} trigger={trigger} open={open ?? inner} onOpenChange={change}>
      <DialogForm {...form} onDone={() => change(false)} />
    </Dialog>
  );
}

type DialogFormProps = Pick<FormDialogProps, 'action' | 'submit' | 'hidden' | 'children'> & { onDone: () => void };

function DialogForm({ action, submit, hidden = {}, children, onDone }: DialogFormProps) {
  const [state, formAction] = useActionState(async (before: FormState, form: FormData) => {
    const next = await action(before, form);
    if (next.problem === null) {
      onDone();
      if (next.done) toast.success(next.done);
    }
    return next;
  }, untouched);
  return (
    <form action={formAction} className="grid gap-5">
      {state.problem && <ProblemCallout text={state.problem} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(state.values)}
      <div className="flex flex-wrap justify-end gap-3">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>{submit}</SubmitButton>
      </div>
    </form>
  );
}
