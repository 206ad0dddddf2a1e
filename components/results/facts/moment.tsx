'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** A moment by the reader's own clock, to the second; the server cannot know their zone and leaves it empty. */
export function Moment({ at, time }: { at: number; time?: boolean }) {
  const text = useSyncExternalStore(
    never,
    () =>
      new Date(at).toLocaleString([], time ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'medium' }),
    () => '',
  );
  return (
    <time dateTime={new Date(at).toISOString()} className="whitespace-nowrap tabular-nums">
      {text}
    </time>
  );
}
