'use client';
import { endSandboxAction } from '#app/(admin)/admin/_components/sandbox-action.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

export function EndSandbox({ id, learner }: { id: string; learner: string | null }) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" size="sm">
          End<span className="sr-only"> sandbox {id}</span>
        </Button>
      }
      title="End this sandbox?"
      description={
        learner
          ? `Everything running and every file in it is gone. ${learner} keeps the progress, is told that an admin ended it, and can start a fresh one.`
          : 'It waits in the pool and nobody uses it. A fresh one takes its place.'
      }
      confirmLabel="End sandbox"
      onConfirm={async () => {
        const { problem } = await endSandboxAction(id);
        if (problem) throw new Error(problem);
      }}
    />
  );
}
