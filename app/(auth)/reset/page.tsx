import type { Metadata } from 'next';
import { ActionForm } from '#app/_components/action-form.tsx';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { emailField, newPasswordField } from '#app/(auth)/_components/fields.ts';
import { resetAction } from '#app/(auth)/_components/link-actions.ts';
import { UselessLink } from '#app/(auth)/_components/useless-link.tsx';
import { findLinkUser } from '#data/link-accounts.ts';
import { findLink, uselessLink } from '#data/one-time-links.ts';
import { system } from '#data/system.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

export default async function ResetPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams;
  const { db } = getRuntime();
  const link = await findLink(db, 'password-reset', token);
  const user = link?.userId ? await findLinkUser(db, system, link.userId) : null;
  if (!user) return <UselessLink text={uselessLink['password-reset']} />;
  return (
    <AuthCard
      title="Set a new password"
      lede={`For ${user.name}. You are signed out everywhere else; your progress stays.`}
    >
      <ActionForm
        action={resetAction}
        fields={[{ ...emailField, defaultValue: user.email, readOnly: true }, newPasswordField]}
        submit="Set password and sign in"
        hidden={{ token }}
      />
    </AuthCard>
  );
}
