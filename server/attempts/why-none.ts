import { errorTable, isErrorCode } from '#domain/protocol/errors.ts';
import type { LiveAttempt } from './live-attempt.ts';

/** What to tell somebody who waited for a sandbox and waits no more; null when one came or he has left himself. */
export function whyNone(live: Pick<LiveAttempt, 'ticket' | 'sandbox'>, failure: string | undefined): string | null {
  if (failure !== undefined) return errorTable[isErrorCode(failure) ? failure : 'internal'].learner;
  if (!live.ticket || live.sandbox?.state === 'ready') return null;
  return 'Your place in the queue was given up. Your progress is kept. Ask for a sandbox again to go on.';
}
