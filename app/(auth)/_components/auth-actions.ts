'use server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { safeNext } from '#app/_components/safe-next.ts';
import { setCookies } from '#app/_components/set-cookies.ts';
import { joinClass } from '#data/class-members.ts';
import { getRuntime } from '#server/runtime.ts';

export async function signInAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, http } = getRuntime();
  const { email = '', password = '', next } = textsOf(form, ['email', 'password', 'next']);
  try {
    await setCookies(await auth.signIn(await headers(), { email, password }));
  } catch (error) {
    return failed(http.explain(error), { email });
  }
  redirect(safeNext(next));
}

/** Makes an account; with a join code also joins its class. */
export async function signUpAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, db, http } = getRuntime();
  const {
    name = '',
    email = '',
    password = '',
    next,
    joinCode,
  } = textsOf(form, ['name', 'email', 'password', 'next', 'joinCode']);
  try {
    const cookies = await auth.signUp(await headers(), { name, email, password, joinCode });
    await setCookies(cookies);
    const cookie = cookies.map(each => `${each.name}=${encodeURIComponent(each.value)}`).join('; ');
    const viewer = joinCode ? await auth.viewerFrom(new Headers({ cookie })) : null;
    if (viewer && joinCode) await joinClass(db, viewer, joinCode);
  } catch (error) {
    return failed(http.explain(error), { name, email });
  }
  redirect(safeNext(next));
}

/** Lets somebody in without an account, where that is allowed. Plain form: `<form action={guestAction}>`. */
export async function guestAction(form: FormData): Promise<void> {
  const { auth } = getRuntime();
  const next = safeNext(form.get('next'));
  if (!(await auth.viewerFrom(await headers()))) await setCookies(await auth.signInAsGuest(await headers()));
  redirect(next);
}
