import { cookies } from 'next/headers';
import type { getRuntime } from '#server/runtime.ts';

type CookiesToSet = Awaited<ReturnType<ReturnType<typeof getRuntime>['auth']['signOut']>>;

/** Sets what signing in or out answered with. In server actions and route handlers only. */
export async function setCookies(toSet: CookiesToSet): Promise<void> {
  const jar = await cookies();
  for (const { name, value, options } of toSet) jar.set(name, value, options);
}
