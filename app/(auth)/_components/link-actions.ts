'use server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { setCookies } from '#app/_components/set-cookies.ts';
import { claimOwner, resetPassword } from '#data/link-accounts.ts';
import { system } from '#data/system.ts';
import { getRuntime } from '#server/runtime.ts';

const ownerInput = z.object({ name: z.string().trim().min(1).max(80), email: z.email() });
const badOwner = 'A name and an email address are needed. Nothing was saved. Write the address like name@example.org.';

/** With the owner link: makes the owner, or sets the owner's new password; signs in. */
export async function welcomeAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, db, http, limits } = getRuntime();
  const {
    token = '',
    name = '',
    email = '',
    password = '',
    recover,
  } = textsOf(form, ['token', 'name', 'email', 'password', 'recover']);
  try {
    await limits.take('link', http.addressOf(await headers()));
    if (recover !== 'yes' && !ownerInput.safeParse({ name, email: email.trim() }).success)
      return failed(badOwner, { name, email });
    const passwordHash = await auth.hashPassword(password);
    const owner = await claimOwner(db, system, token, { name, email, passwordHash });
    await setCookies(await auth.signIn(await headers(), { email: owner.email, password }));
  } catch (error) {
    return failed(http.explain(error), { name, email });
  }
  redirect('/');
}

/** With a reset link: sets the new password and signs in. */
export async function resetAction(_state: FormState, form: FormData): Promise<FormState> {
  const { auth, db, http, limits } = getRuntime();
  const { token = '', password = '' } = textsOf(form, ['token', 'password']);
  try {
    await limits.take('link', http.addressOf(await headers()));
    const email = await resetPassword(db, system, token, await auth.hashPassword(password));
    await setCookies(await auth.signIn(await headers(), { email, password }));
  } catch (error) {
    return failed(http.explain(error), {});
  }
  redirect('/');
}
