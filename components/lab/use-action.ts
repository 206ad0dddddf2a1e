'use client';
import { useCallback, useState } from 'react';

/** One action at a time, with its error as a sentence for the learner; the page shows only what the server confirmed. */
export function useAction<A extends unknown[]>(deed: (...args: A) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(
    async (...args: A) => {
      setBusy(true);
      setProblem(null);
      try {
        await deed(...args);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      } finally {
        setBusy(false);
      }
    },
    [deed],
  );
  return { run, busy, problem };
}
