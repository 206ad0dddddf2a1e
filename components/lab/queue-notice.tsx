'use client';
import { Hourglass } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import { placeText, waitText } from './queue-words.ts';
import { useNow } from './use-now.ts';

/** In place of the terminal while one waits for a sandbox: the place in the queue, why, and what happens by itself. */
export function QueueNotice(props: { ticket: QueueTicket; busy: boolean; onLeave: (() => void) | null }) {
  const { ticket, busy, onLeave } = props;
  const now = useNow(1_000);
  return (
    <section aria-label="Queue" className="flex h-full items-center justify-center overflow-y-auto p-6">
      <div className="w-full max-w-md space-y-5 rounded-xl border border-line bg-surface p-6 text-center shadow-raised">
        <Hourglass aria-hidden className="mx-auto size-9 stroke-[1.5] text-accent" />
        <div role="status" className="space-y-2">
          <p className="font-semibold text-xl tabular-nums">
            {ticket.basis === 'starting' ? 'Your sandbox is coming' : placeText(ticket.position)}
          </p>
          <p className="text-muted text-sm">{waitText(ticket, now)}</p>
        </div>
        {ticket.basis !== 'starting' && (
          <ProgressBar
            label={`Place ${ticket.position} of ${ticket.waiting}`}
            text={ticket.position === 1 ? 'nobody before you' : `${ticket.position - 1} before you`}
            value={ticket.waiting - ticket.position + 1}
            max={ticket.waiting}
          />
        )}
        <p className="text-sm">
          Keep this page open: the terminal opens here by itself. You can read the guide and answer questions meanwhile.
        </p>
        {onLeave && (
          <Button size="sm" variant="quiet" busy={busy} onClick={onLeave}>
            Leave the queue
          </Button>
        )}
      </div>
    </section>
  );
}
