'use server';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { parseAnnouncement } from '#app/(teach)/_components/announce-forms.ts';
import { classHref } from '#app/(teach)/_components/class-paths.ts';
import { announceClass } from '#data/class-announcements.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

/** Warms up sandboxes for a class that is about to start. */
export async function announceClassAction(_state: FormState, form: FormData): Promise<FormState> {
  const texts = textsOf(form, ['classId', 'size', 'minutes']);
  const problem = await attempt(texts.classId ?? '', async viewer => {
    const { db, sandboxd } = getRuntime();
    const { classId, size, minutes } = parseAnnouncement(texts);
    await announceClass(db, viewer, classId, { size, minutes }, name =>
      sandboxd.call('pool.announce', { id: classId, size, label: name.slice(0, 100), forMs: minutes * 60_000 }),
    );
  });
  return problem === null
    ? { problem: null, done: 'Sandboxes are being warmed up.', values: {} }
    : failed(problem, texts);
}

/** Takes it back: what waits is for others again. */
export async function cancelAnnouncementAction(classId: string): Promise<{ problem: string | null }> {
  const problem = await attempt(String(classId), async viewer => {
    const { db, sandboxd } = getRuntime();
    await announceClass(db, viewer, String(classId), null, () => sandboxd.call('pool.cancel', { id: String(classId) }));
  });
  return { problem };
}

async function attempt(classId: string, deed: (viewer: Viewer) => Promise<void>): Promise<string | null> {
  const { auth, http } = getRuntime();
  try {
    const viewer = await auth.viewerFrom(await headers());
    if (!viewer) throw new CodedError('unauthorized', 'announcing a class while signed out');
    await deed(viewer);
  } catch (error) {
    return http.explain(error);
  }
  revalidatePath(classHref(classId));
  return null;
}
