'use client';
import { Plus } from 'lucide-react';
import { assignLabAction } from '#app/(teach)/_components/class-actions.ts';
import { DueField } from '#app/(teach)/_components/due-field.tsx';
import { FormDialog } from '#app/(teach)/_components/form-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';

export interface LabChoice {
  /** "course/lab" */
  value: string;
  label: string;
  hint: string;
}

/** Chooses a lab that the class does not have yet. */
export function AssignLab({ classId, labs }: { classId: string; labs: readonly LabChoice[] }) {
  return (
    <FormDialog
      title="Assign a lab"
      description="Your learners find it on their start page."
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden />}>
          Assign a lab
        </Button>
      }
      action={assignLabAction}
      submit="Assign"
      hidden={{ classId }}
    >
      {values => (
        <>
          <RadioGroup legend="Lab" name="lab" required options={labs} defaultValue={values.lab ?? labs[0]?.value} />
          <DueField typed={values.due} />
        </>
      )}
    </FormDialog>
  );
}
