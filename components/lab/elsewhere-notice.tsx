'use client';
import { ArrowRight, Power } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import type { Elsewhere } from '#domain/attempt/start-answer.ts';
import { stepHref } from './lab-links.ts';

/** A learner has one sandbox at a time, or as many as the operator allows: says where it is, and moves only when asked to, twice. */
export function ElsewhereNotice(props: { elsewhere: Elsewhere[]; onMove: () => Promise<void> }) {
  const { elsewhere, onMove } = props;
  const titles = elsewhere.map(one => `“${one.title}”`).join(' and ');
  const running = elsewhere.some(one => one.running);
  const first = elsewhere[0];
  if (!first) return null;
  return (
    <div className="flex h-full items-center justify-center overflow-y-auto p-4">
      <Callout
        tone="warn"
        role="status"
        title={running ? `Your sandbox runs in ${titles}` : `You wait for a sandbox in ${titles}`}
        kept="Passed tasks, answers and hints of both labs."
        todo="Go on there, or give it up and work here."
        actions={
          <>
            <LinkButton
              size="sm"
              href={stepHref({ course: first.course, slug: first.lab }, first.step)}
              prefetch={false}
            >
              Go to {first.title}
              <ArrowRight aria-hidden className="size-4" />
            </LinkButton>
            <ConfirmDialog
              trigger={
                <Button size="sm" variant="primary" icon={<Power aria-hidden className="size-4" />}>
                  Work here instead
                </Button>
              }
              title={running ? `End the sandbox of ${titles}?` : `Give up the place in the queue for ${titles}?`}
              description={
                running
                  ? 'Containers, images and files in it are lost. Passed tasks, answers and hints are kept. This lab then gets a fresh sandbox.'
                  : 'This lab then waits in its place.'
              }
              confirmLabel={running ? 'End it and start here' : 'Wait here instead'}
              tone={running ? 'danger' : 'primary'}
              onConfirm={onMove}
            />
          </>
        }
        className="w-full max-w-lg shadow-float"
      >
        Everybody has {elsewhere.length === 1 ? 'one sandbox' : `${elsewhere.length} sandboxes`} at a time, so that
        there is one for everybody.
      </Callout>
    </div>
  );
}
