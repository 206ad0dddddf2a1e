'use client';
import { ArrowLeft, ArrowRight, Flag } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { useLab } from './attempt-context.tsx';
import { finishHref, stepHref } from './lab-links.ts';
import { openCount, stepProgress } from './step-progress.ts';

/** Previous and next; on the last step, the end. Nothing is locked: what is open is only said. */
export function StepFooter({ current }: { current: string }) {
  const { api, lab, attempt, readOnly } = useLab();
  const router = useRouter();
  const steps = stepProgress(lab, attempt);
  const index = steps.findIndex(step => step.slug === current);
  const [previous, here, next] = [steps[index - 1], steps[index], steps[index + 1]];
  const openHere = here ? here.total - here.done : 0;
  const open = openCount(steps);
  const finish = async () => {
    await api.finish();
    router.push(finishHref(lab));
  };
  return (
    <footer className="mt-10 border-line border-t pt-5">
      {openHere > 0 && (
        <p className="mb-3 text-muted text-sm">
          {openHere === 1 ? 'One thing' : `${openHere} things`} on this page {openHere === 1 ? 'is' : 'are'} still open.
          You can go on and come back.
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        {previous ? (
          <LinkButton
            href={stepHref(lab, previous.slug)}
            prefetch={false}
            icon={<ArrowLeft aria-hidden className="size-4" />}
          >
            Back
          </LinkButton>
        ) : (
          <span />
        )}
        {next && (
          <LinkButton
            href={stepHref(lab, next.slug)}
            prefetch={false}
            variant={openHere === 0 ? 'primary' : 'secondary'}
            className="min-w-0 max-w-full"
          >
            <span className="truncate">Next: {next.title}</span>
            <ArrowRight aria-hidden className="size-4 shrink-0" />
          </LinkButton>
        )}
        {attempt.status === 'finished' && (
          <LinkButton href={finishHref(lab)} variant="primary" icon={<Flag aria-hidden className="size-4" />}>
            Finished: your results
          </LinkButton>
        )}
        {!next && !readOnly && attempt.status === 'active' && (
          <ConfirmDialog
            tone="primary"
            trigger={
              <Button variant={open === 0 ? 'primary' : 'secondary'} icon={<Flag aria-hidden className="size-4" />}>
                Finish this lab
              </Button>
            }
            title={
              open === 0
                ? 'Finish this lab?'
                : open === 1
                  ? 'Finish with one thing still open?'
                  : `Finish with ${open} things still open?`
            }
            description="Your sandbox is put away, and your results stay as they are now. You can do the lab again at any time."
            confirmLabel="Finish"
            cancelLabel="Stay here"
            onConfirm={finish}
          />
        )}
      </div>
    </footer>
  );
}
