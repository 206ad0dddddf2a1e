import { Container, TriangleAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { ago } from '#app/_components/when.ts';
import { AdminPage } from '#app/(admin)/admin/_components/admin-page.tsx';
import { EndSandbox } from '#app/(admin)/admin/_components/end-sandbox.tsx';
import { RefreshEvery } from '#app/(admin)/admin/_components/refresh-every.tsx';
import { requireAdmin } from '#app/(admin)/admin/_components/require-admin.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { sandboxOwners } from '#data/sandbox-owners.ts';
import { fenceStory } from '#domain/attempt/fence-story.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Sandboxes' };

const tones: Record<Sandbox['state'], Tone> = {
  warming: 'info',
  ready: 'passed',
  stopping: 'undone',
  ended: 'neutral',
};
const words: Record<Sandbox['state'], string> = {
  warming: 'warming up',
  ready: 'in use',
  stopping: 'ending',
  ended: 'ended',
};
const lede = 'The disposable machines that run right now, and those that wait for a learner.';

export default async function SandboxesPage() {
  const viewer = await requireAdmin('sandbox.list', '/admin/sandboxes');
  const { db, sandboxd, http } = getRuntime();
  let sandboxes: Sandbox[];
  try {
    sandboxes = (await sandboxd.call('sandbox.list', {})).filter(each => each.state !== 'ended');
  } catch (error) {
    return (
      <AdminPage title="Sandboxes" lede={lede}>
        <ProblemCallout text={http.explain(error)} />
        <RefreshEvery seconds={3} />
      </AdminPage>
    );
  }
  const owners = await sandboxOwners(
    db,
    viewer,
    sandboxes.flatMap(each => each.attemptId ?? []),
  );
  const now = Date.now();
  return (
    <AdminPage title="Sandboxes" lede={lede}>
      <RefreshEvery seconds={5} />
      {sandboxes.length === 0 ? (
        <EmptyState icon={<Container />} title="No sandbox runs">
          One starts when a learner opens a lab.
        </EmptyState>
      ) : (
        <Card kind="flush">
          <Table label="Sandboxes">
            <Thead>
              <tr>
                <Th>Sandbox</Th>
                <Th>State</Th>
                <Th>Learner</Th>
                <Th>Last active</Th>
                <Th>Ends</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </Thead>
            <Tbody>
              {sandboxes.map(sandbox => {
                const owner = owners.get(sandbox.attemptId ?? '');
                return (
                  <Tr key={sandbox.id}>
                    <Th scope="row" className="font-mono font-normal">
                      {sandbox.id}
                    </Th>
                    <Td>
                      <span className="flex items-center gap-1.5">
                        <Badge tone={tones[sandbox.state]}>
                          {sandbox.attemptId
                            ? sandbox.suspendedAt === null
                              ? words[sandbox.state]
                              : 'asleep'
                            : 'in the pool'}
                        </Badge>
                        {sandbox.acted && (
                          <Badge
                            tone="undone"
                            title={fenceStory(sandbox.acted).happened}
                            icon={<TriangleAlert aria-hidden />}
                          >
                            {sandbox.acted.fence}, {ago(sandbox.acted.at, now, '')}
                          </Badge>
                        )}
                      </span>
                    </Td>
                    <Td className="whitespace-nowrap">
                      {owner ? (
                        <>
                          {owner.name} <span className="text-muted">· {owner.lab}</span>
                        </>
                      ) : (
                        <span className="text-muted">nobody yet</span>
                      )}
                    </Td>
                    <Td className="whitespace-nowrap text-muted">{ago(sandbox.activeAt, now, 'not yet')}</Td>
                    <Td className="whitespace-nowrap text-muted">{ago(sandbox.expiresAt, now, 'when handed out')}</Td>
                    <Td className="text-right">
                      <EndSandbox id={sandbox.id} learner={owner?.name ?? null} />
                    </Td>
                  </Tr>
                );
              })}
            </Tbody>
          </Table>
        </Card>
      )}
    </AdminPage>
  );
}
