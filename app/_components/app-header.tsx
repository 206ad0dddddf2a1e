import { LogIn } from 'lucide-react';
import { UserMenu } from '#app/_components/user-menu.tsx';
import { findViewer } from '#app/_components/viewer.ts';
import { LinkButton } from '#components/ui/link-button.tsx';
import { SiteHeader, type SiteHeaderProps } from '#components/ui/site-header.tsx';
import { can } from '#domain/access/policies.ts';

/** The site's header with the links that this viewer can use. */
export async function AppHeader(props: Pick<SiteHeaderProps, 'context' | 'tools' | 'compact'>) {
  const viewer = await findViewer();
  const nav = [
    { href: '/', label: 'Labs' },
    ...(can(viewer, 'class.list', null) ? [{ href: '/classes', label: 'Classes' }] : []),
    ...(can(viewer, 'user.list', null) ? [{ href: '/admin', label: 'Admin' }] : []),
  ];
  const user = viewer ? (
    <UserMenu name={viewer.name} email={viewer.guest ? null : viewer.email} />
  ) : (
    <LinkButton href="/sign-in" variant="quiet" size="sm" icon={<LogIn aria-hidden />}>
      Sign in
    </LinkButton>
  );
  // One link alone is no menu: the mark beside it leads there already.
  return <SiteHeader {...props} nav={props.compact || nav.length === 1 ? [] : nav} user={user} />;
}
