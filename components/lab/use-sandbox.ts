'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLab } from './attempt-context.tsx';

/** What the page makes of the sandbox: none: never had one. starting: asked for. */
export type SandboxShown = 'none' | 'starting' | 'ready' | 'ended';

export type SandboxDeed = 'start' | 'reset' | 'extend' | 'end';

/** The sandbox of this attempt and what can be done with it; the first one is asked for when the page opens. */
export function useSandbox() {
  const { api, attempt, host, connection, readOnly } = useLab();
  const { sandbox } = attempt;
  const [busy, setBusy] = useState<SandboxDeed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(false);

  const run = useCallback(
    async (deed: SandboxDeed) => {
      setBusy(deed);
      setProblem(null);
      try {
        await (deed === 'end' ? api.endSandbox() : api.sandbox(deed));
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        setBusy(null);
      }
    },
    [api],
  );

  const active = attempt.status === 'active' && !readOnly;
  useEffect(() => {
    if (!active || sandbox || asked.current || host !== 'reachable' || connection.state !== 'live') return;
    asked.current = true;
    run('start').catch(() => undefined);
  }, [active, sandbox, host, connection.state, run]);

  const starting = busy === 'start' || busy === 'reset' || sandbox?.state === 'warming';
  const shown: SandboxShown = starting
    ? 'starting'
    : sandbox === null
      ? 'none'
      : sandbox.state === 'ready'
        ? 'ready'
        : 'ended';
  return { sandbox, shown, busy, problem, run, active };
}
