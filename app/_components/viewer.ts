import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Viewer } from '#domain/access/viewer.ts';
import { getRuntime } from '#server/runtime.ts';

/** Who is looking at this page; null when nobody is signed in. Asked once per request. */
export const findViewer = cache(async (): Promise<Viewer | null> => getRuntime().auth.viewerFrom(await headers()));

/** Who is looking; who is signed out goes to sign in, and comes back to `next`. */
export async function requireViewer(next: string): Promise<Viewer> {
  return (await findViewer()) ?? redirect(`/sign-in?next=${encodeURIComponent(next)}`);
}
