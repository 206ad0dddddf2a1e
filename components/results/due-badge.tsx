'use client';
import { CalendarClock } from 'lucide-react';
import { useNow } from '#components/lab/use-now.ts';
import { Badge } from '#components/ui/badge.tsx';
import { dueWords } from './due-words.ts';

const everyMs = 60_000;

/** Until when, in words and in the reader's own time zone. `done`: it does not press any more. */
export function DueBadge({ dueAt, done }: { dueAt: number | null; done?: boolean }) {
  const now = useNow(everyMs);
  if (dueAt === null) return <Badge>No due date</Badge>;
  // The server knows neither the reader's zone nor language: the exact moment comes with the page's own clock.
  const { tone, text } = now === null ? { tone: 'neutral' as const, text: 'Due' } : dueWords(dueAt, now);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={done ? 'neutral' : tone} icon={<CalendarClock aria-hidden />}>
        {text}
      </Badge>
      <time dateTime={new Date(dueAt).toISOString()} className="text-muted text-sm">
        {now === null ? '' : new Date(dueAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
    </span>
  );
}
