import { FlaskConical } from 'lucide-react';
import { Section } from '#app/design/_sections/section.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

export function Feedback() {
  return (
    <Section title="Feedback">
      <div className="grid gap-4 lg:grid-cols-2">
        <Callout
          tone="failed"
          title="Your sandbox ended: it was idle for 30 minutes."
          kept="Your progress and your answers."
          todo="Take a fresh sandbox; the step's set-up is replayed."
          actions={
            <Button size="sm" variant="primary">
              Fresh sandbox
            </Button>
          }
        />
        <Callout tone="warn" title="Your sandbox ends in five minutes." todo="Extend it, or finish the task first." />
        <Callout tone="unknown" title="The daemon does not answer, so nothing can be said about this task.">
          It counts neither for nor against you.
        </Callout>
        <Callout tone="info" title="Predict before you look: the answer is shown once you commit." />
        <Callout tone="passed" title="Every task of this step is passed." />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <EmptyState
          icon={<FlaskConical />}
          title="No lab assigned yet"
          action={<Button variant="primary">Assign a lab</Button>}
        >
          Assign a lab, and its tasks become the columns of this table.
        </EmptyState>
        <Card className="grid content-start gap-3">
          <Skeleton className="h-6 w-2/5" />
          <Skeleton />
          <Skeleton className="w-4/5" />
          <Skeleton className="mt-2 h-24" />
        </Card>
      </div>
    </Section>
  );
}
