'use server';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { createResetLink, linkLimits } from '#data/one-time-links.ts';
import { removeUser, setRole } from '#data/users.ts';
import { isRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

interface Outcome {
  /** For people; null: it worked. */
  problem: string | null;
}

export async function setRoleAction(userId: string, role: string): Promise<Outcome> {
  return attempt(async viewer => {
    if (!isRole(role)) throw new CodedError('bad-request', 'no such role');
    await setRole(getRuntime().db, viewer, String(userId), role);
  });
}

export async function removeUserAction(userId: string): Promise<Outcome> {
  return attempt(viewer => removeUser(getRuntime().db, viewer, String(userId)));
}

export async function resetLinkAction(userId: string): Promise<{ url: string; hours: number } | { problem: string }> {
  const { db, settings } = getRuntime();
  let url = '';
  const { problem } = await attempt(async viewer => {
    url = `${settings.url}/reset?token=${await createResetLink(db, viewer, String(userId))}`;
  });
  return problem === null ? { url, hours: linkLimits.resetMs / 3_600_000 } : { problem };
}

/** Runs it as who is signed in; the data functions check what they may. */
async function attempt(deed: (viewer: Viewer) => Promise<unknown>): Promise<Outcome> {
  const { auth, http } = getRuntime();
  try {
    const viewer = await auth.viewerFrom(await headers());
    if (!viewer) throw new CodedError('unauthorized', 'an admin action while signed out');
    await deed(viewer);
  } catch (error) {
    return { problem: http.explain(error) };
  }
  revalidatePath('/admin', 'layout');
  return { problem: null };
}
