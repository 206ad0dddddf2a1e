import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import type { OpenAttempt } from './attempt-registry.ts';
import { getLivingSandbox } from './attempt-sandbox.ts';
import type { AttemptService } from './attempt-service.ts';
import type { LiveAttempt } from './live-attempt.ts';

export interface TerminalParts {
  sandboxd: AttemptDeps['sandboxd'];
  see: (viewer: Viewer, attemptId: string) => Promise<OpenAttempt>;
  act: <T>(viewer: Viewer, attemptId: string, deed: (live: LiveAttempt) => Promise<T>) => Promise<T>;
}

/** The size of a terminal that no page has seen yet; the first page that shows it gives it its own. */
const unseenSize = { cols: 80, rows: 24 };

/** Opens a fresh sandbox's first terminal ahead of the page that will show it. A failure is left to the page's own try. */
export async function openFirstTerminal(sandboxd: AttemptDeps['sandboxd'], sandboxId: string): Promise<void> {
  try {
    const there = await sandboxd.call('terminal.list', { sandboxId });
    if (!there.some(terminal => terminal.exit === null))
      await sandboxd.call('terminal.open', { sandboxId, ...unseenSize });
  } catch {
    // The page asks for a terminal when it finds none, and says why when that fails too.
  }
}

/** Terminals of an attempt's sandbox. One terminal is named by attempt and id, so that nobody reaches another's shell. */
export function createAttemptTerminals({
  sandboxd,
  see,
  act,
}: TerminalParts): Pick<AttemptService, 'listTerminals' | 'openTerminal' | 'closeTerminal' | 'getTerminal'> {
  const listOf = async (live: LiveAttempt) =>
    isLiving(live.sandbox) ? sandboxd.call('terminal.list', { sandboxId: live.sandbox.id }) : [];

  const getOf = async (live: LiveAttempt, terminalId: string) => {
    const sandbox = getLivingSandbox(live);
    const found = (await sandboxd.call('terminal.list', { sandboxId: sandbox.id })).find(one => one.id === terminalId);
    if (!found) throw new CodedError('terminal-not-found', `attempt ${live.id} has no terminal ${terminalId}`);
    return found;
  };

  return {
    async listTerminals(viewer, id) {
      const { live } = await see(viewer, id);
      // After what is under way: a terminal that is being opened is then in the list.
      return live.queue.run(() => listOf(live));
    },
    getTerminal: async (viewer, id, terminalId) => getOf((await see(viewer, id)).live, terminalId),
    openTerminal: (viewer, id, size) =>
      act(viewer, id, live => sandboxd.call('terminal.open', { sandboxId: getLivingSandbox(live).id, ...size })),
    closeTerminal: (viewer, id, terminalId) =>
      act(viewer, id, async live => {
        await sandboxd.call('terminal.close', { terminalId: (await getOf(live, terminalId)).id });
      }),
  };
}
