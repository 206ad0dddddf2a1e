'use client';
import { useNow } from '#components/lab/use-now.ts';
import { compactAgo } from './compact-ago.ts';

const everyMs = 20_000;

/** "3 min ago", kept true while the page is open; the exact moment, in the reader's zone, when pointed at. */
export function RelativeTime({ at, never = 'never' }: { at: number | null; never?: string }) {
  const now = useNow(everyMs);
  if (at === null) return <span className="text-faint">{never}</span>;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={now === null ? undefined : new Date(at).toLocaleString()}
      className="whitespace-nowrap"
    >
      {now === null ? '' : compactAgo(at, now)}
    </time>
  );
}
