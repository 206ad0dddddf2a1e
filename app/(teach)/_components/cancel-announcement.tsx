'use client';
import { X } from 'lucide-react';
import { useTransition } from 'react';
import { toast } from 'sonner';
import { cancelAnnouncementAction } from '#app/(teach)/_components/announce-actions.ts';
import { Button } from '#components/ui/button.tsx';

export function CancelAnnouncement({ classId }: { classId: string }) {
  const [busy, start] = useTransition();
  const cancel = () =>
    start(async () => {
      const { problem } = await cancelAnnouncementAction(classId);
      if (problem) toast.error(problem);
    });
  return (
    <Button size="sm" variant="quiet" busy={busy} onClick={cancel} icon={<X aria-hidden />}>
      Not needed any more
    </Button>
  );
}
