import { Power } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { whySandboxEnded } from '#domain/attempt/why-sandbox-ended.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';

/** Why the sandbox ended, what was kept, and a fresh one in one click. */
export function EndedNotice(props: {
  ended: NonNullable<Sandbox['ended']>;
  busy: boolean;
  /** Null for who may not start one. */
  onFresh: (() => void) | null;
}) {
  const story = whySandboxEnded(props.ended);
  return (
    <Callout
      tone="warn"
      role="status"
      title={story.title}
      kept={story.kept}
      todo={story.next}
      actions={
        props.onFresh && (
          <Button
            variant="primary"
            size="sm"
            icon={<Power aria-hidden className="size-4" />}
            busy={props.busy}
            onClick={props.onFresh}
          >
            Start a fresh sandbox
          </Button>
        )
      }
      className="mx-auto max-w-lg shadow-float"
    >
      {story.happened}
    </Callout>
  );
}
