import { getAttempt } from '#data/attempts.ts';
import type { Db } from '#data/db.ts';
import type { AttemptService } from '../attempts/attempt-service.ts';
import type { SandboxdClient } from '../sandboxd-client/sandboxd-client.ts';
import { relayTerminal } from './terminal-relay.ts';
import type { UpgradeRoute } from './upgrade-dispatcher.ts';

export interface TerminalRouteOptions {
  db: Db;
  attempts: AttemptService;
  sandboxd: Pick<SandboxdClient, 'terminalUrl' | 'webSocket' | 'headers'>;
}

/** `/ws/terminal/<attemptId>/<terminalId>?from=<offset>`: who may look but does not own the attempt can only read. */
export function terminalRoute({ db, attempts, sandboxd }: TerminalRouteOptions): UpgradeRoute {
  return {
    pattern: /^\/ws\/terminal\/(?<attemptId>[A-Za-z0-9_-]{1,64})\/(?<terminalId>[a-f0-9]{16})$/,
    authorize: async (viewer, { attemptId = '' }) => {
      await getAttempt(db, viewer, attemptId);
    },
    async open({ viewer, params, url, socket }) {
      const { attemptId = '', terminalId = '' } = params;
      // Until the relay listens; it resumes by itself.
      socket.pause();
      const attempt = await getAttempt(db, viewer, attemptId);
      const terminal = await attempts.getTerminal(viewer, attemptId, terminalId);
      const from = /^\d{1,15}$/.exec(url.searchParams.get('from') ?? '')?.[0];
      relayTerminal(
        socket,
        {
          url: sandboxd.terminalUrl(terminal.id, from === undefined ? null : Number(from)),
          headers: sandboxd.headers(),
          ...sandboxd.webSocket,
        },
        { readOnly: attempt.userId !== viewer.userId },
      );
    },
  };
}
