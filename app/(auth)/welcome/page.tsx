import type { Metadata } from 'next';
import { ActionForm } from '#app/_components/action-form.tsx';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { emailField, nameField, newEmailField, newPasswordField } from '#app/(auth)/_components/fields.ts';
import { welcomeAction } from '#app/(auth)/_components/link-actions.ts';
import { UselessLink } from '#app/(auth)/_components/useless-link.tsx';
import { findOwner } from '#data/link-accounts.ts';
import { findLink, uselessLink } from '#data/one-time-links.ts';
import { system } from '#data/system.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Welcome aboard', referrer: 'no-referrer' };

export default async function WelcomePage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams;
  const { db } = getRuntime();
  if (!(await findLink(db, 'owner', token))) return <UselessLink text={uselessLink.owner} />;
  const owner = await findOwner(db, system);
  if (owner)
    return (
      <AuthCard
        title="Back on board"
        lede={`A new password for ${owner.name}, the owner. The name, the email and everything else stay.`}
      >
        <ActionForm
          action={welcomeAction}
          fields={[{ ...emailField, defaultValue: owner.email, readOnly: true }, newPasswordField]}
          submit="Set password and sign in"
          hidden={{ token, recover: 'yes' }}
        />
      </AuthCard>
    );
  return (
    <AuthCard
      title="Welcome aboard"
      lede="You are the first here. This account owns this Belowdeck: it runs the users, the sandboxes and the classes."
    >
      <ActionForm
        action={welcomeAction}
        fields={[nameField, newEmailField, newPasswordField]}
        submit="Make the owner's account"
        hidden={{ token }}
      />
    </AuthCard>
  );
}
