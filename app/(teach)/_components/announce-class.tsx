'use client';
import { Rocket } from 'lucide-react';
import { announceClassAction } from '#app/(teach)/_components/announce-actions.ts';
import { FormDialog } from '#app/(teach)/_components/form-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';

/** "A class is about to start": so many sandboxes wait, so that nobody else does. */
export function AnnounceClass({ classId, learners, again }: { classId: string; learners: number; again?: boolean }) {
  return (
    <FormDialog
      title="A class is about to start"
      description="Sandboxes are warmed up ahead, as many as the machine has memory for. Learners then have a prompt at once."
      trigger={
        <Button size="sm" variant={again ? 'quiet' : 'secondary'} icon={<Rocket aria-hidden />}>
          {again ? 'Change' : 'Warm up sandboxes'}
        </Button>
      }
      action={announceClassAction}
      submit="Warm up"
      hidden={{ classId }}
    >
      {typed => (
        <>
          <TextField
            type="number"
            label="Learners"
            hint="How many will come."
            name="size"
            min={1}
            max={500}
            required
            defaultValue={typed.size ?? String(Math.max(1, learners))}
          />
          <TextField
            type="number"
            label="Minutes"
            hint="What is not used by then is let go."
            name="minutes"
            min={1}
            max={120}
            required
            defaultValue={typed.minutes ?? '30'}
          />
        </>
      )}
    </FormDialog>
  );
}
