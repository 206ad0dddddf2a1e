import { getAttempt } from '#data/attempts.ts';
import type { Db } from '#data/db.ts';
import { findSessionViewer } from '#data/sessions.ts';
import { system } from '#data/system.ts';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import { previewLimits } from './preview-limits.ts';

/** Whether the session still is one, and its account may look at the attempt. */
export type MayLook = (sessionId: string, attemptId: string) => Promise<boolean>;

/**
 * Asks the database, and believes its answer for a moment: a page is a hundred requests. `fresh`: asks in any case.
 * Signing out, removing an account or leaving a class is thus heard within `believeMs`.
 */
export function createPreviewAccess(db: Db, now: () => number = Date.now): MayLook & { fresh: MayLook } {
  const believed = new Map<string, { yes: boolean; until: number }>();
  const fresh: MayLook = async (sessionId, attemptId) => {
    const viewer = await findSessionViewer(db, system, sessionId);
    if (!viewer) return false;
    try {
      await getAttempt(db, viewer, attemptId);
      return true;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'not-found' || code === 'forbidden') return false;
      throw error;
    }
  };
  const mayLook: MayLook = async (sessionId, attemptId) => {
    const key = `${sessionId} ${attemptId}`;
    const known = believed.get(key);
    if (known && known.until > now()) return known.yes;
    const yes = await fresh(sessionId, attemptId);
    if (believed.size >= previewLimits.maxBelieved) believed.clear();
    believed.set(key, { yes, until: now() + previewLimits.believeMs });
    return yes;
  };
  return Object.assign(mayLook, { fresh });
}
