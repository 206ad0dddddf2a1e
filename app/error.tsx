'use client';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';

/** What a person sees when a page throws. The log has the cause under the same digest. */
export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <PageBody width="text" className="space-y-6">
      <h1 className="text-3xl">This page could not be shown</h1>
      <Callout
        tone="failed"
        role="alert"
        title="Something went wrong while Belowdeck prepared the page."
        kept="Everything you did so far: answers, passed tasks and your sandbox."
        todo={
          <>
            Try again. If it happens once more, tell your instructor or administrator
            {error.digest ? (
              <>
                {' '}
                and give the reference <code>{error.digest}</code>
              </>
            ) : null}
            .
          </>
        }
        actions={
          <>
            <Button variant="primary" size="sm" onClick={() => retry()}>
              Try again
            </Button>
            <LinkButton href="/" size="sm">
              Go to the start page
            </LinkButton>
          </>
        }
      />
    </PageBody>
  );
}
