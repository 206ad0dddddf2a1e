'use client';
import { RefreshCw } from 'lucide-react';
import { toast } from 'sonner';
import { renewJoinCodeAction } from '#app/(teach)/_components/class-actions.ts';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';

/** The join link: whoever has it becomes a learner of the class. */
export function InviteCard({ classId, url }: { classId: string; url: string }) {
  return (
    <Card>
      <CardHeader title="Invite learners" />
      <p className="mb-4 text-muted text-sm">
        Share this link. Whoever opens it makes an account, or signs in, and is a learner of this class.
      </p>
      <p className="mb-4 select-all break-all rounded-md border border-line bg-well px-3 py-2.5 font-mono text-sm">
        {url}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton wide text={url} label="Copy link" />
        <ConfirmDialog
          trigger={
            <Button size="sm" variant="quiet" icon={<RefreshCw aria-hidden />}>
              Renew
            </Button>
          }
          title="Renew the join link?"
          description="The link as it is now becomes useless, wherever it was shared. Members stay members. You share the new one."
          confirmLabel="Renew link"
          onConfirm={async () => {
            const { problem } = await renewJoinCodeAction(classId);
            if (problem) throw new Error(problem);
            toast.success('The class has a new join link. The old one is useless.');
          }}
        />
      </div>
    </Card>
  );
}
