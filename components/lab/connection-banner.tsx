'use client';
import { WifiOff } from 'lucide-react';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { errorTable } from '#domain/protocol/errors.ts';
import { useLab } from './attempt-context.tsx';

/** One line over the top of the page while the page does not hear the server: what happened, what was kept, what to do. */
export function ConnectionBanner() {
  const { connection } = useLab();
  if (connection.state === 'live' || connection.state === 'connecting') return null;
  if (connection.state === 'lost') {
    return (
      <p
        role="status"
        className="absolute inset-x-0 top-0 z-30 flex animate-fade items-center gap-2.5 border-undone-line border-b bg-undone-soft px-4 py-2.5 text-sm shadow-raised"
      >
        <Spinner className="size-4 text-undone" />
        <span>
          <strong>The connection was lost.</strong> Your work is kept and goes on in your sandbox. Trying again by
          itself.
        </span>
      </p>
    );
  }
  return (
    <p
      role="alert"
      className="absolute inset-x-0 top-0 z-30 flex flex-wrap items-center gap-2.5 border-failed-line border-b bg-failed-soft px-4 py-2 text-sm"
    >
      <WifiOff aria-hidden className="size-4 text-failed" />
      <span className="min-w-0 flex-1">{errorTable[connection.code].learner}</span>
      {connection.code === 'unauthorized' && (
        <LinkButton href="/sign-in" size="sm">
          Sign in
        </LinkButton>
      )}
    </p>
  );
}
