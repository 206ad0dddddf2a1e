import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ActionForm } from '#app/_components/action-form.tsx';
import { safeNext } from '#app/_components/safe-next.ts';
import { findViewer } from '#app/_components/viewer.ts';
import { signUpAction } from '#app/(auth)/_components/auth-actions.ts';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { nameField, newEmailField, newPasswordField } from '#app/(auth)/_components/fields.ts';
import { Callout } from '#components/ui/callout.tsx';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Make an account' };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeNext((await searchParams).next);
  const viewer = await findViewer();
  if (viewer && !viewer.guest) redirect(next);
  const signIn = (
    <p>
      You have an account?{' '}
      <Link href={`/sign-in?next=${encodeURIComponent(next)}`} className="link">
        Sign in
      </Link>
      .
    </p>
  );
  if (!getRuntime().settings.signUp)
    return (
      <AuthCard title="Make an account" below={signIn}>
        <Callout
          title="Accounts are made by join link here."
          kept={viewer ? 'What you did as a guest.' : undefined}
          todo="Ask your instructor for the link of your class and open it: it lets you make an account."
        />
      </AuthCard>
    );
  return (
    <AuthCard
      title="Make an account"
      lede={viewer ? 'What you did as a guest goes with you.' : 'Your progress then waits for you on every device.'}
      below={signIn}
    >
      <ActionForm
        action={signUpAction}
        fields={[nameField, newEmailField, newPasswordField]}
        submit="Make account"
        hidden={{ next }}
      />
    </AuthCard>
  );
}
