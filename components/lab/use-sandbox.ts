'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Elsewhere } from '#domain/attempt/start-answer.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { useLab } from './attempt-context.tsx';

/** What the page makes of the sandbox: none: never had one. queued: it is not its turn yet. starting: asked for. */
export type SandboxShown = 'none' | 'queued' | 'starting' | 'ready' | 'ended';

export type SandboxDeed = 'start' | 'reset' | 'extend' | 'end';

/** The sandbox of this attempt and what can be done with it; the first one is asked for when the page opens. */
export function useSandbox() {
  const { api, attempt, host, connection, readOnly } = useLab();
  const { sandbox, ticket } = attempt;
  const [busy, setBusy] = useState<SandboxDeed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [elsewhere, setElsewhere] = useState<Elsewhere[]>([]);
  /** The learner left the queue: nothing is asked for again by itself. */
  const [left, setLeft] = useState(false);
  const asked = useRef(false);

  const run = useCallback(
    async (deed: SandboxDeed, giveUp: Elsewhere[] = []) => {
      setBusy(deed);
      setProblem(null);
      try {
        if (deed === 'end') {
          // Who gives it up is not asked for another by the page.
          asked.current = true;
          await api.endSandbox();
          setLeft(true);
        } else if (deed === 'extend') await api.extend();
        else {
          const answer = await (deed === 'reset' ? api.reset() : api.start(giveUp.map(one => one.attemptId)));
          setElsewhere(answer.elsewhere);
          setLeft(false);
        }
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
    // Who waited and does not any more has left, perhaps on another tab: only the learner asks again.
    if (ticket) asked.current = true;
    if (!active || sandbox || ticket || asked.current || host !== 'reachable' || connection.state !== 'live') return;
    asked.current = true;
    run('start').catch(() => undefined);
  }, [active, sandbox, ticket, host, connection.state, run]);

  const shown = shownOf(sandbox?.state ?? null, ticket !== null, busy === 'start' || busy === 'reset');
  return {
    sandbox,
    ticket,
    shown,
    busy,
    problem: problem ?? attempt.problem,
    left,
    elsewhere: shown === 'ready' || shown === 'starting' ? [] : elsewhere,
    run,
    active,
  };
}

function shownOf(state: Sandbox['state'] | null, waits: boolean, asking: boolean): SandboxShown {
  if (waits) return 'queued';
  if (asking || state === 'warming') return 'starting';
  if (state === null) return 'none';
  return state === 'ready' ? 'ready' : 'ended';
}
