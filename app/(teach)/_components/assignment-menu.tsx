'use client';
import { CalendarClock, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { assignLabAction, unassignLabAction } from '#app/(teach)/_components/class-actions.ts';
import { DueField } from '#app/(teach)/_components/due-field.tsx';
import { FormDialog } from '#app/(teach)/_components/form-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import type { AssignmentRow } from '#data/assignments.ts';

/** What can be done with one assigned lab. */
export function AssignmentMenu({ assignment, title }: { assignment: AssignmentRow; title: string }) {
  const [dialog, setDialog] = useState<'due' | 'unassign' | null>(null);
  const { id, classId, course, lab, dueAt } = assignment;
  const openAs = (which: 'due' | 'unassign') => ({
    open: dialog === which,
    onOpenChange: (open: boolean) => setDialog(open ? which : null),
  });
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="quiet" size="icon" aria-label={`More for ${title}`} icon={<MoreHorizontal aria-hidden />} />
        }
      >
        <MenuItem icon={<CalendarClock aria-hidden />} onSelect={() => setDialog('due')}>
          {dueAt === null ? 'Set a due date' : 'Change the due date'}
        </MenuItem>
        <MenuItem tone="danger" icon={<Trash2 aria-hidden />} onSelect={() => setDialog('unassign')}>
          Take the lab back
        </MenuItem>
      </DropdownMenu>
      <FormDialog
        {...openAs('due')}
        title={`When is “${title}” due?`}
        description="Empty: whenever they like."
        action={assignLabAction}
        submit="Save"
        hidden={{ classId, lab: `${course}/${lab}` }}
      >
        {values => <DueField dueAt={dueAt} typed={values.due} />}
      </FormDialog>
      <ConfirmDialog
        {...openAs('unassign')}
        title={`Take “${title}” back?`}
        description="It leaves your learners' start pages. What they did stays theirs, and the results are here again when you assign it again."
        confirmLabel="Take it back"
        onConfirm={async () => {
          const { problem } = await unassignLabAction(classId, id);
          if (problem) throw new Error(problem);
        }}
      />
    </>
  );
}
