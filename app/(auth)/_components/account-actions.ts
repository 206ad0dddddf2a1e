'use server';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { setCookies } from '#app/_components/set-cookies.ts';
import { getRuntime } from '#server/runtime.ts';

export async function changeNameAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, http } = getRuntime();
  const { name = '' } = textsOf(form, ['name']);
  try {
    await setCookies(await auth.changeName(await headers(), name));
  } catch (error) {
    return failed(http.explain(error), { name });
  }
  revalidatePath('/', 'layout');
  return { problem: null, done: 'Your name is changed.', values: { name } };
}

export async function changePasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, http } = getRuntime();
  const { password = '', nextPassword = '' } = textsOf(form, ['password', 'nextPassword']);
  try {
    await setCookies(await auth.changePassword(await headers(), { current: password, next: nextPassword }));
  } catch (error) {
    return failed(http.explain(error), {});
  }
  return { problem: null, done: 'Your password is changed. Other devices are signed out.', values: {} };
}
