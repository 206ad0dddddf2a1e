'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** A moment as the reader's own clock shows it; the server cannot know their time zone, so it leaves it to the browser. */
export function ClockTime({ at }: { at: number }) {
  const text = useSyncExternalStore(
    never,
    () => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    () => '',
  );
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}
