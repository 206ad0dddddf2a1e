import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { utc } from '#app/_components/when.ts';
import { AdminPage } from '#app/(admin)/admin/_components/admin-page.tsx';
import { requireAdmin } from '#app/(admin)/admin/_components/require-admin.ts';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { listAudit } from '#data/audit.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage() {
  const viewer = await requireAdmin('audit.view', '/admin/audit');
  const events = await listAudit(getRuntime().db, viewer);
  return (
    <AdminPage title="Audit" lede="Who did what: the newest 200 deeds. Each was written together with what it changed.">
      {events.length === 0 ? (
        <EmptyState icon={<ScrollText />} title="Nothing happened yet" />
      ) : (
        <Card kind="flush">
          <Table label="Audit events">
            <Thead>
              <tr>
                <Th>When</Th>
                <Th>Who</Th>
                <Th>What</Th>
                <Th>To what</Th>
                <Th>Details</Th>
              </tr>
            </Thead>
            <Tbody>
              {events.map(event => (
                <Tr key={event.id}>
                  <Th scope="row" className="font-normal">
                    <span className="block min-w-24 tabular-nums sm:whitespace-nowrap">{utc(event.at)}</span>
                  </Th>
                  <Td className="whitespace-nowrap">{event.actor ?? 'the platform'}</Td>
                  <Td className="whitespace-nowrap font-mono text-xs">{event.action}</Td>
                  <Td className="wrap-anywhere min-w-40 font-mono text-muted text-xs">{event.subject}</Td>
                  <Td className="wrap-anywhere min-w-48 font-mono text-muted text-xs">{event.detail}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
    </AdminPage>
  );
}
