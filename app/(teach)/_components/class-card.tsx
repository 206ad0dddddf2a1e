import { GraduationCap, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { classHref } from '#app/(teach)/_components/class-paths.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import type { ClassSummary } from '#data/classes.ts';

/** A class in the list. */
export function ClassCard({ summary }: { summary: ClassSummary }) {
  const { id, name, learners, labs, viewerRole } = summary;
  return (
    <Card kind="link" className="flex h-full flex-col gap-4">
      <h2 className="text-lg">
        <Link href={classHref(id)} className="wrap-anywhere after:absolute after:inset-0 after:rounded-lg">
          {name}
        </Link>
      </h2>
      <p className="mt-auto flex flex-wrap items-center gap-x-5 gap-y-2 text-muted text-sm">
        <span className="flex items-center gap-1.5">
          <GraduationCap aria-hidden className="size-4.5" />
          {learners} {learners === 1 ? 'learner' : 'learners'}
        </span>
        <span className="flex items-center gap-1.5">
          <ListChecks aria-hidden className="size-4.5" />
          {labs} {labs === 1 ? 'lab' : 'labs'}
        </span>
        {viewerRole === 'instructor' && <Badge tone="accent">You teach</Badge>}
        {viewerRole === 'learner' && <Badge tone="info">You learn</Badge>}
      </p>
    </Card>
  );
}
