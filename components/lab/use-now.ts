'use client';
import { useEffect, useState } from 'react';

/** The clock, every so many milliseconds; null until the page is alive (the server's clock would not match). */
export function useNow(everyMs: number): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
