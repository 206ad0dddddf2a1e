'use client';
import { Archive, ArchiveRestore } from 'lucide-react';
import { archiveClassAction } from '#app/(teach)/_components/class-actions.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

export function ArchiveClass({ classId, name }: { classId: string; name: string }) {
  return (
    <ConfirmDialog
      tone="primary"
      trigger={<Button icon={<Archive aria-hidden />}>Archive</Button>}
      title={`Archive ${name}?`}
      description="Its labs leave the learners' start pages and its join link stops working. Members, results and all progress are kept, and you can bring it back."
      confirmLabel="Archive class"
      onConfirm={() => change(classId, true)}
    />
  );
}

export function RestoreClass({ classId, name }: { classId: string; name: string }) {
  return (
    <ConfirmDialog
      tone="primary"
      trigger={
        <Button size="sm" icon={<ArchiveRestore aria-hidden />}>
          Bring it back
        </Button>
      }
      title={`Bring ${name} back?`}
      description="Its labs are on the learners' start pages again, and its join link works again."
      confirmLabel="Bring it back"
      onConfirm={() => change(classId, false)}
    />
  );
}

async function change(classId: string, archived: boolean): Promise<void> {
  const { problem } = await archiveClassAction(classId, archived);
  if (problem) throw new Error(problem);
}
