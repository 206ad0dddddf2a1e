'use client';
import { Pencil, Plus } from 'lucide-react';
import { createClassAction, renameClassAction } from '#app/(teach)/_components/class-actions.ts';
import { FormDialog } from '#app/(teach)/_components/form-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';

/** As data/class-name.ts has it; the server says so too. */
const nameMax = 120;

function NameField({ name }: { name: string | undefined }) {
  return (
    <TextField
      label="Name of the class"
      hint="Its learners see it, too: “Containers, autumn 2026”."
      name="name"
      required
      maxLength={nameMax}
      defaultValue={name}
      autoComplete="off"
    />
  );
}

export function NewClass() {
  return (
    <FormDialog
      title="New class"
      description="You are its instructor. You can rename it, and make others instructors, later."
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden />}>
          New class
        </Button>
      }
      action={createClassAction}
      submit="Make class"
    >
      {values => <NameField name={values.name} />}
    </FormDialog>
  );
}

export function RenameClass({ classId, name }: { classId: string; name: string }) {
  return (
    <FormDialog
      title="Rename class"
      trigger={<Button icon={<Pencil aria-hidden />}>Rename</Button>}
      action={renameClassAction}
      submit="Rename"
      hidden={{ classId }}
    >
      {values => <NameField name={values.name ?? name} />}
    </FormDialog>
  );
}
