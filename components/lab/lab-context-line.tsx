'use client';
import Link from 'next/link';
import { ProgressRing } from '#components/ui/progress-ring.tsx';
import { useLab } from './attempt-context.tsx';
import { stepProgress } from './step-progress.ts';

/** Where one is, in the header: the course, the lab, how much of it is done. */
export function LabContextLine({ courseTitle }: { courseTitle: string }) {
  const { lab, attempt } = useLab();
  const steps = stepProgress(lab, attempt);
  const done = steps.reduce((sum, step) => sum + step.done, 0);
  const total = steps.reduce((sum, step) => sum + step.total, 0);
  return (
    <div className="flex min-w-0 items-center gap-3 border-line border-l pl-3 sm:pl-4">
      <div className="min-w-0 flex-1 leading-tight">
        <Link
          href={`/learn/${lab.course}`}
          prefetch={false}
          className="block truncate text-muted text-xs hover:text-ink"
        >
          {courseTitle}
        </Link>
        <h1 className="truncate text-sm">{lab.title}</h1>
      </div>
      {total > 0 && <ProgressRing label="Done in this lab" value={done} max={total} size={34} />}
    </div>
  );
}
