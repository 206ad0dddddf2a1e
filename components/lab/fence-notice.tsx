'use client';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { fenceStory } from '#domain/attempt/fence-story.ts';
import { useLab } from './attempt-context.tsx';
import { InlineCode } from './inline-code.tsx';
import { undismissed } from './undismissed.ts';

/** Says over the terminal which limit of the sandbox acted, until it is dismissed; the newest one first. */
export function FenceNotice() {
  const { fences } = useLab();
  const [dismissed, setDismissed] = useState<Readonly<Record<string, number>>>({});
  const [action, ...others] = undismissed(fences, dismissed);
  if (!action) return null;
  const story = fenceStory(action);
  return (
    <Callout
      role="status"
      tone={story.hurts ? 'warn' : 'info'}
      title={story.title}
      kept={story.kept}
      todo={<InlineCode text={story.next} />}
      className="m-3 max-h-[45%] shrink-0 animate-rise overflow-y-auto"
      actions={
        <Button
          size="sm"
          icon={<Check aria-hidden />}
          onClick={() => setDismissed({ ...dismissed, [action.fence]: action.at })}
        >
          {others.length === 0 ? 'Understood' : `Understood, ${others.length} more`}
        </Button>
      }
    >
      {story.happened}
    </Callout>
  );
}
