import type { Metadata } from 'next';
import { ActionForm } from '#app/_components/action-form.tsx';
import { signOutAction } from '#app/_components/sign-out-action.ts';
import { requireViewer } from '#app/_components/viewer.ts';
import { changeNameAction, changePasswordAction } from '#app/(auth)/_components/account-actions.ts';
import { nameField, newPasswordField, passwordField } from '#app/(auth)/_components/fields.ts';
import { KeepProgress } from '#app/(auth)/_components/keep-progress.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SubmitButton } from '#components/ui/submit-button.tsx';
import { roleNames } from '#domain/access/roles.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const viewer = await requireViewer('/account');
  if (viewer.guest) return <KeepProgress open={getRuntime().settings.signUp} />;
  return (
    <PageBody width="text">
      <PageHeader title={viewer.name} lede={viewer.email} meta={<Badge>{roleNames[viewer.role]}</Badge>} />
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Name" aside="As your instructors see it" />
          <ActionForm
            kind="part"
            action={changeNameAction}
            fields={[{ ...nameField, defaultValue: viewer.name }]}
            submit="Change name"
          />
        </Card>
        <Card>
          <CardHeader title="Password" aside="Signs out your other devices" />
          <ActionForm
            kind="part"
            action={changePasswordAction}
            fields={[
              { ...passwordField, label: 'Current password' },
              { ...newPasswordField, name: 'nextPassword', label: 'New password' },
            ]}
            submit="Change password"
          />
        </Card>
        <Card className="flex flex-wrap items-center justify-between gap-4">
          <p className="text-sm">Your progress and your sandboxes stay when you sign out.</p>
          <form action={signOutAction}>
            <SubmitButton variant="secondary">Sign out</SubmitButton>
          </form>
        </Card>
      </div>
    </PageBody>
  );
}
