import { UsersRound } from 'lucide-react';
import { utc } from '#app/_components/when.ts';
import { MemberActions } from '#app/(teach)/_components/member-actions.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { ClassMemberRow } from '#data/classes.ts';

/** Who is in the class. */
export function MembersSection(props: {
  viewerId: string;
  classId: string;
  members: ClassMemberRow[];
  archived: boolean;
}) {
  const { viewerId, classId, members, archived } = props;
  const learners = members.filter(member => member.role === 'learner').length;
  return (
    <section aria-labelledby="members" className="grid min-w-0 gap-4">
      <h2 id="members" className="text-xl">
        Members
      </h2>
      {learners === 0 && !archived && (
        <EmptyState icon={<UsersRound />} title="Nobody has joined yet">
          Copy the join link and send it to your learners. Who opens it stands here a moment later.
        </EmptyState>
      )}
      {members.length > 0 && (
        <Card kind="flush">
          <Table label="Members by name">
            <Thead>
              <tr>
                <Th>Name</Th>
                <Th>Role</Th>
                <Th className="max-sm:hidden">Joined</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </Thead>
            <Tbody>
              {members.map(member => (
                <Tr key={member.userId}>
                  <Th scope="row" className="max-w-72 font-normal">
                    <span className="flex items-center gap-3">
                      <Avatar name={member.name} size={32} className="max-sm:hidden" />
                      <span className="min-w-0">
                        <span className="block truncate font-semibold">
                          {member.name}
                          {member.userId === viewerId && <span className="font-normal text-faint"> (you)</span>}
                        </span>
                        <span className="block truncate text-muted text-xs">{member.email}</span>
                      </span>
                    </span>
                  </Th>
                  <Td>
                    {member.role === 'instructor' ? <Badge tone="accent">Instructor</Badge> : <Badge>Learner</Badge>}
                  </Td>
                  <Td className="whitespace-nowrap text-muted max-sm:hidden">{utc(member.joinedAt).slice(0, 10)}</Td>
                  <Td className="text-right">
                    <MemberActions classId={classId} member={member} self={member.userId === viewerId} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
    </section>
  );
}
