import Link from 'next/link';
import { ActionForm } from '#app/_components/action-form.tsx';
import { signUpAction } from '#app/(auth)/_components/auth-actions.ts';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { nameField, newEmailField, newPasswordField } from '#app/(auth)/_components/fields.ts';
import { Callout } from '#components/ui/callout.tsx';

/** A guest's account page: from guest to account, with everything done so far. `open`: anybody may make an account. */
export function KeepProgress({ open }: { open: boolean }) {
  const below = (
    <p>
      You have an account?{' '}
      <Link href="/sign-in?next=/account" className="link">
        Sign in
      </Link>
      : what you did as a guest goes there.
    </p>
  );
  return (
    <AuthCard
      title="Keep your progress"
      lede="As a guest you are known to this browser only. With an account, everything you did so far is yours for good."
      below={below}
    >
      {open ? (
        <ActionForm
          action={signUpAction}
          fields={[nameField, newEmailField, newPasswordField]}
          submit="Make account and keep everything"
          hidden={{ next: '/account' }}
        />
      ) : (
        <Callout
          title="Accounts are made by join link here."
          kept="What you did as a guest, in this browser."
          todo="Open the join link of your class in this browser: it makes your account."
        />
      )}
    </AuthCard>
  );
}
