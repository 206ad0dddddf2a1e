import { Clock } from 'lucide-react';
import Link from 'next/link';
import { labHref } from '#components/lab/lab-links.ts';
import { Card } from '#components/ui/card.tsx';
import { ProgressRing } from '#components/ui/progress-ring.tsx';
import type { LabOverview } from './lab-overview.ts';
import { LevelBadge } from './level-badge.tsx';
import { StartLabButton } from './start-lab-button.tsx';

const words = { new: 'Start', active: 'Continue', finished: 'Do it again' } as const;

/** A lab in a course: what it is about, how far one is, and the way in. */
export function LabCard({ overview, number, level }: { overview: LabOverview; number: number; level: 2 | 3 }) {
  const Heading = `h${level}` as const;
  const { lab, state, tasks, passed } = overview;
  return (
    <Card className="grid gap-x-6 gap-y-4 sm:grid-cols-[auto_1fr_auto] sm:items-center">
      <div className="flex items-center gap-4 sm:block">
        {state === 'new' ? (
          <span
            aria-hidden
            className="type-display grid size-12 place-items-center rounded-full border-2 border-line-strong text-lg text-muted tabular-nums"
          >
            {number}
          </span>
        ) : (
          <ProgressRing label="Tasks passed" value={Math.min(passed, tasks)} max={tasks} size={48} />
        )}
      </div>
      <div className="min-w-0 space-y-2">
        <Heading className="text-lg">
          <Link href={labHref(lab)} prefetch={false} className="hover:underline">
            {lab.title}
          </Link>
        </Heading>
        <p className="text-muted">{lab.summary}</p>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
          <LevelBadge level={lab.level} />
          <span className="flex items-center gap-1.5">
            <Clock aria-hidden className="size-4" />
            {lab.minutes} min
          </span>
          <span>
            {tasks} {tasks === 1 ? 'task' : 'tasks'}
          </span>
          {state === 'finished' && (
            <Link href={`${labHref(lab)}/finish`} prefetch={false} className="link">
              Your results
            </Link>
          )}
        </p>
      </div>
      <StartLabButton course={lab.course} lab={lab.slug} variant={state === 'finished' ? 'secondary' : 'primary'}>
        {words[state]}
      </StartLabButton>
    </Card>
  );
}
