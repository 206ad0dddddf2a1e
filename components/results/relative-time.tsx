'use client';
import { formatDistance } from 'date-fns';
import { useNow } from '#components/lab/use-now.ts';

const everyMs = 20_000;

/** "3 minutes ago", kept true while the page is open; the exact moment, in the reader's zone, when pointed at. */
export function RelativeTime({ at, never = 'never' }: { at: number | null; never?: string }) {
  const now = useNow(everyMs);
  if (at === null) return <span className="text-faint">{never}</span>;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={now === null ? undefined : new Date(at).toLocaleString()}
      className="whitespace-nowrap"
    >
      {/* Two machines' clocks differ: nothing that happened lies in the future. */}
      {now === null ? '' : formatDistance(Math.min(at, now), now, { addSuffix: true })}
    </time>
  );
}
