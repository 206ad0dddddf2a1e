import type { ReactNode } from 'react';
import { LinkTabs } from '#components/ui/link-tabs.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

const tabs = [
  { href: '/admin/users', label: 'Users' },
  { href: '/admin/sandboxes', label: 'Sandboxes' },
  { href: '/admin/host', label: 'Sandbox host' },
  { href: '/admin/audit', label: 'Audit' },
];

/** The frame of the admin pages. */
export function AdminPage({
  title,
  lede,
  actions,
  children,
}: {
  title: string;
  lede: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <PageBody>
      <PageHeader title={title} lede={lede} actions={actions} />
      <LinkTabs label="Admin" items={tabs} className="mb-6" />
      <div className="grid gap-6">{children}</div>
    </PageBody>
  );
}
