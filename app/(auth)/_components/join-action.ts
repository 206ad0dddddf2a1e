'use server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { joinClass } from '#data/class-members.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

/** One click for who is signed in. */
export async function joinAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, db, http, limits } = getRuntime();
  const { code = '' } = textsOf(form, ['code']);
  try {
    const viewer = await auth.viewerFrom(await headers());
    if (!viewer) throw new CodedError('unauthorized', 'joining while signed out');
    await limits.take('link', viewer.userId);
    await joinClass(db, viewer, code);
  } catch (error) {
    return failed(http.explain(error), {});
  }
  redirect(`/join/${encodeURIComponent(code)}`);
}
