import { Search, Users } from 'lucide-react';
import type { Metadata } from 'next';
import { ago } from '#app/_components/when.ts';
import { AdminPage } from '#app/(admin)/admin/_components/admin-page.tsx';
import { requireAdmin } from '#app/(admin)/admin/_components/require-admin.ts';
import { UserActions } from '#app/(admin)/admin/_components/user-actions.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { listUsers, userListMax } from '#data/users.ts';
import { roleNames } from '#domain/access/roles.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage({ searchParams }: { searchParams: Promise<{ q?: string }> }) {
  const viewer = await requireAdmin('user.list', '/admin/users');
  const { q = '' } = await searchParams;
  const users = await listUsers(getRuntime().db, viewer, q);
  const now = Date.now();
  return (
    <AdminPage title="Users" lede="Who has an account here, and what each may do.">
      <search>
        <form className="flex items-end gap-3">
          <TextField
            label="Find by name or email"
            name="q"
            type="search"
            defaultValue={q}
            className="max-w-sm flex-1"
          />
          <Button type="submit" icon={<Search aria-hidden />}>
            Find
          </Button>
        </form>
      </search>
      {users.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody found">
          No name and no email contains “{q}”.
        </EmptyState>
      ) : (
        <Card kind="flush">
          <Table label="Users">
            <Thead>
              <tr>
                <Th>Name</Th>
                <Th>Role</Th>
                <Th numeric>Attempts</Th>
                <Th>Last seen</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </Thead>
            <Tbody>
              {users.map(user => (
                <Tr key={user.id}>
                  <Th scope="row" className="max-w-72 font-normal">
                    <span className="flex items-center gap-3">
                      <Avatar name={user.name} size={32} className="max-sm:hidden" />
                      <span className="min-w-0">
                        <span className="block truncate font-semibold">{user.name}</span>
                        <span className="block truncate text-muted text-xs">
                          {user.guest ? 'no account' : user.email}
                        </span>
                      </span>
                    </span>
                  </Th>
                  <Td>
                    {user.guest ? (
                      <Badge>Guest</Badge>
                    ) : (
                      <Badge tone={user.role === 'learner' ? 'neutral' : 'accent'}>{roleNames[user.role]}</Badge>
                    )}
                  </Td>
                  <Td numeric>{user.attempts}</Td>
                  <Td className="whitespace-nowrap text-muted">{ago(user.lastSeenAt, now, 'not yet')}</Td>
                  <Td className="text-right">
                    <UserActions user={user} self={user.id === viewer.userId} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
      {users.length === userListMax && (
        <p className="text-muted text-sm">The newest {userListMax} are shown. Search to find others.</p>
      )}
    </AdminPage>
  );
}
