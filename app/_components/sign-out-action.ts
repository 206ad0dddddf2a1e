'use server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { setCookies } from '#app/_components/set-cookies.ts';
import { getRuntime } from '#server/runtime.ts';

export async function signOutAction(): Promise<void> {
  await setCookies(await getRuntime().auth.signOut(await headers()));
  redirect('/');
}
