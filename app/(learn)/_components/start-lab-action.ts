'use server';
import { setTimeout as sleep } from 'node:timers/promises';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { setCookies } from '#app/_components/set-cookies.ts';
import { stepHref } from '#components/lab/lab-links.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import { errorCodeOf } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

/** A warm sandbox with its first terminal is handed over in less; a cold one starts while the page loads. */
const warmMs = 400;

/** Begins or continues a lab and leads to its open step. Who is signed out becomes a guest where guests are allowed. */
export async function startLabAction(form: FormData): Promise<void> {
  const { attempts, limits } = getRuntime();
  const course = String(form.get('course') ?? '').slice(0, 64);
  const slug = String(form.get('lab') ?? '').slice(0, 64);
  const page = `/learn/${encodeURIComponent(course)}/${encodeURIComponent(slug)}`;
  const viewer = await viewerOrGuest(page);
  let attempt: AttemptView;
  try {
    await limits.take('sandbox', viewer.userId);
    attempt = await attempts.start(viewer, course, slug);
  } catch (error) {
    redirect(`${page}?problem=${errorCodeOf(error)}`);
  }
  // A failure is left to the page, which asks again and says why.
  const sandbox = attempts.startSandbox(viewer, attempt.id).catch(() => null);
  await Promise.race([sandbox, sleep(warmMs)]);
  redirect(stepHref({ course, slug }, attempt.step));
}

async function viewerOrGuest(next: string): Promise<Viewer> {
  const { auth, settings } = getRuntime();
  const sent = await headers();
  const viewer = await auth.viewerFrom(sent);
  if (viewer) return viewer;
  if (!settings.guests) redirect(`/sign-in?next=${encodeURIComponent(next)}`);
  const cookies = await auth.signInAsGuest(sent);
  await setCookies(cookies);
  const cookie = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return (await auth.viewerFrom(new Headers({ cookie }))) ?? redirect('/sign-in');
}
