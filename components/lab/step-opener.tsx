'use client';
import { useEffect } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { useLab } from './attempt-context.tsx';
import { useAction } from './use-action.ts';

/** Tells the server which step is open, so that its tasks are the ones looked at, compared with this moment. */
export function StepOpener({ step }: { step: string }) {
  const { api, attempt, connection, readOnly } = useLab();
  const { run, problem } = useAction(async () => {
    await api.openStep(step);
  });
  const needed = !readOnly && attempt.status === 'active' && attempt.step !== step && connection.state === 'live';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per step and connection, not per render of `run`
  useEffect(() => {
    if (needed) run();
  }, [needed, step]);
  return problem ? <Callout tone="failed" role="alert" title={problem} className="mb-6" /> : null;
}
