import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ActionForm } from '#app/_components/action-form.tsx';
import { safeNext } from '#app/_components/safe-next.ts';
import { findViewer } from '#app/_components/viewer.ts';
import { signInAction } from '#app/(auth)/_components/auth-actions.ts';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { emailField, passwordField } from '#app/(auth)/_components/fields.ts';
import { GuestForm } from '#app/(auth)/_components/guest-form.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { findOwner } from '#data/link-accounts.ts';
import { system } from '#data/system.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeNext((await searchParams).next);
  const viewer = await findViewer();
  if (viewer && !viewer.guest) redirect(next);
  const { settings, db } = getRuntime();
  const owner = await findOwner(db, system);
  return (
    <AuthCard
      title="Sign in"
      lede={viewer ? 'What you did as a guest goes to your account.' : undefined}
      below={
        <>
          {settings.signUp && (
            <p>
              No account yet?{' '}
              <Link href={`/sign-up?next=${encodeURIComponent(next)}`} className="link">
                Make one
              </Link>
              . A join link of your class works too.
            </p>
          )}
          <p className="text-muted">
            Password forgotten? Ask an admin of this Belowdeck for a link with which you set a new one.
          </p>
          {settings.guests && !viewer && <GuestForm next={next} />}
        </>
      }
    >
      {!owner && (
        <Callout
          tone="warn"
          title="This Belowdeck has no owner yet."
          todo="Open the one-time owner link that npm start printed, or run npm run owner-link on the server."
          className="mb-5"
        />
      )}
      <ActionForm action={signInAction} fields={[emailField, passwordField]} submit="Sign in" hidden={{ next }} />
    </AuthCard>
  );
}
