import { errorTable } from '#domain/protocol/errors.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

export interface ConnectionWords {
  tone: 'warn' | 'info';
  /** What happened. */
  title: string;
  /** What was kept. */
  kept: string;
  /** What to do. */
  todo: string;
}

/** A restarted agent takes its shells with it, and it ends those that nobody looks at for long; a fresh one is opened. */
export const lostShellWords: ConnectionWords = {
  tone: 'info',
  title: 'Your shell has ended: the agent that keeps it was restarted, or it was left alone for too long.',
  kept: 'Containers, files and progress. What the old shell printed stays in its tab.',
  todo: 'Go on in the fresh shell. Type again what was cut off.',
};

function waiting(status: ConnectionStatus): string {
  if (status.overflowed) return ' What you pasted was too much to keep and was not sent.';
  if (status.queued === 0) return '';
  return status.queued === 1
    ? ' The key you typed is sent once it is back.'
    : ` The ${status.queued} characters you typed are sent once it is back.`;
}

/** What the learner is told about a connection; null while there is nothing to tell. */
export function connectionWords(status: ConnectionStatus): ConnectionWords | null {
  const { state, cause, offline } = status;
  if (state === 'reconnecting') {
    return {
      tone: 'warn',
      title: offline ? 'Your browser is offline.' : 'The connection to this terminal dropped.',
      kept: `The shell keeps running, and its output waits for you.${waiting(status)}`,
      todo: offline ? 'It connects by itself when the network is back.' : 'Nothing: it keeps trying by itself.',
    };
  }
  if (state !== 'ended' || !cause) return null;
  if (cause.kind === 'exit') {
    return {
      tone: 'info',
      title: cause.code === null ? 'This shell has ended.' : `This shell has ended with exit code ${cause.code}.`,
      kept: 'Your sandbox and everything in it.',
      todo: 'Open a new terminal to go on.',
    };
  }
  if (cause.kind === 'lost') return lostShellWords;
  // One sentence each, in this order: what happened, what was kept, what to do.
  const [title = '', kept = '', ...todo] = errorTable[cause.code].learner.split(/(?<=\.)\s+/);
  return { tone: 'warn', title, kept: kept || 'Nothing was changed.', todo: todo.join(' ') };
}
