import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { ProgressRing } from '#components/ui/progress-ring.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';
import { DueBadge } from './due-badge.tsx';

/** A lab that a class of the learner's is to do. */
export interface MyAssignment {
  id: string;
  className: string;
  title: string;
  href: string;
  dueAt: number | null;
  state: 'new' | 'active' | 'finished';
  passed: number;
  tasks: number;
}

/** What the learner is to do, and until when. Shows nothing when there is nothing. */
export function MyAssignments({ items, hideClass }: { items: readonly MyAssignment[]; hideClass?: boolean }) {
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {items.map(item => (
        <li key={item.id}>
          <Card kind="link" className="flex h-full items-start gap-4">
            <ProgressRing label="Tasks passed" value={Math.min(item.passed, item.tasks)} max={item.tasks} size={48} />
            <div className="min-w-0 flex-1 space-y-2">
              <h3 className="text-base">
                <Link href={item.href} prefetch={false} className="after:absolute after:inset-0 after:rounded-lg">
                  {item.title}
                </Link>
              </h3>
              {!hideClass && <p className="truncate text-muted text-sm">{item.className}</p>}
              <p className="flex flex-wrap items-center gap-2">
                {item.state === 'finished' && <StatusPill state="passed">Finished</StatusPill>}
                <DueBadge dueAt={item.dueAt} done={item.state === 'finished'} />
              </p>
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}
