import { ChartNoAxesColumn } from 'lucide-react';
import Link from 'next/link';
import { AssignmentMenu } from '#app/(teach)/_components/assignment-menu.tsx';
import { resultsHref } from '#app/(teach)/_components/class-paths.ts';
import { DueBadge } from '#components/results/due-badge.tsx';
import { classSums } from '#components/results/learner-progress.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import type { AssignmentRow } from '#data/assignments.ts';
import type { Lab } from '#domain/lab/lab.ts';
import type { ClassRow } from '#domain/protocol/live.ts';

/** One assigned lab on the class page: how far the class is, and the way to its results. `lab` null: it left the catalog. */
export function AssignedLab({
  assignment,
  lab,
  rows,
}: {
  assignment: AssignmentRow;
  lab: Lab | null;
  rows: ClassRow[];
}) {
  const title = lab?.title ?? `${assignment.course}/${assignment.lab}`;
  const tasks = lab?.steps.reduce((sum, step) => sum + step.tasks.length, 0) ?? 0;
  const sums = classSums(rows, tasks);
  return (
    <Card className="grid gap-4">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0 space-y-2">
          <h3 className="text-lg">
            {lab ? (
              <Link href={resultsHref(assignment.classId, assignment)} className="hover:underline">
                {title}
              </Link>
            ) : (
              title
            )}
          </h3>
          <p>
            {lab ? <DueBadge dueAt={assignment.dueAt} /> : <Badge tone="undone">Not in the catalog any more</Badge>}
          </p>
        </div>
        <AssignmentMenu assignment={assignment} title={title} />
      </div>
      {lab && (
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <ProgressBar
            className="min-w-0 flex-1 basis-60"
            label="Finished"
            value={sums.finished}
            max={sums.learners}
            text={
              sums.learners === 0
                ? 'nobody here yet'
                : `${sums.finished} of ${sums.learners} · ${sums.percentDone} % of tasks done`
            }
          />
          <LinkButton href={resultsHref(assignment.classId, assignment)} icon={<ChartNoAxesColumn aria-hidden />}>
            Live results<span className="sr-only">: {title}</span>
          </LinkButton>
        </div>
      )}
    </Card>
  );
}
