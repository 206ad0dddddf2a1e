import type { Metadata } from 'next';
import { requireViewer } from '#app/_components/viewer.ts';
import { ArchiveClass, RestoreClass } from '#app/(teach)/_components/archive-class.tsx';
import { AssignedSection } from '#app/(teach)/_components/assigned-section.tsx';
import { classHref } from '#app/(teach)/_components/class-paths.ts';
import { InviteCard } from '#app/(teach)/_components/invite-card.tsx';
import { maySee } from '#app/(teach)/_components/may-see.ts';
import { MembersSection } from '#app/(teach)/_components/members-section.tsx';
import { myAssignmentItems } from '#app/(teach)/_components/my-assignment-items.ts';
import { RenameClass } from '#app/(teach)/_components/name-dialogs.tsx';
import { StartCard } from '#app/(teach)/_components/start-card.tsx';
import { MyAssignments } from '#components/results/my-assignments.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { listAssignments } from '#data/assignments.ts';
import { getClass } from '#data/classes.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Class' };

export default async function ClassPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await requireViewer(classHref(id));
  const { db, settings } = getRuntime();
  const detail = await maySee(getClass(db, viewer, id), classHref(id));
  const { name, managed, archivedAt, joinCode, learners, members } = detail;
  const breadcrumb = [{ label: 'Classes', href: '/classes' }, { label: name }];
  if (!managed) {
    const items = await myAssignmentItems(viewer, id);
    return (
      <PageBody>
        <PageHeader title={name} lede="What this class is to do." breadcrumb={breadcrumb} />
        {items.length > 0 ? (
          <section aria-labelledby="assigned" className="space-y-4">
            <h2 id="assigned" className="text-xl">
              Assigned labs
            </h2>
            <MyAssignments items={items} hideClass />
          </section>
        ) : (
          <EmptyState title="Nothing is assigned" action={<LinkButton href="/">Go to the labs</LinkButton>}>
            {archivedAt === null
              ? 'Your instructor has not assigned a lab yet. All labs are open to you already.'
              : 'This class is archived. What you did is kept, and all labs stay open to you.'}
          </EmptyState>
        )}
      </PageBody>
    );
  }
  const assignments = await listAssignments(db, viewer, id);
  return (
    <PageBody>
      <PageHeader
        title={<span className="wrap-anywhere">{name}</span>}
        breadcrumb={breadcrumb}
        meta={
          <>
            <Badge>
              {learners} {learners === 1 ? 'learner' : 'learners'}
            </Badge>
            {archivedAt !== null && <Badge tone="undone">Archived</Badge>}
          </>
        }
        actions={
          <>
            <RenameClass classId={id} name={name} />
            {archivedAt === null && <ArchiveClass classId={id} name={name} />}
          </>
        }
      />
      {archivedAt !== null && (
        <Callout
          className="mb-8"
          tone="warn"
          title="This class is archived: its join link does not work, and its labs are on nobody's start page."
          kept="Members, results and all progress."
          actions={<RestoreClass classId={id} name={name} />}
        />
      )}
      <div className={cn('grid gap-x-8 gap-y-10', joinCode && 'lg:grid-cols-[minmax(0,1fr)_22rem]')}>
        <div className="min-w-0">
          <AssignedSection viewer={viewer} classId={id} assignments={assignments} archived={archivedAt !== null} />
        </div>
        {joinCode && (
          <div className="grid min-w-0 content-start gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
            <StartCard classId={id} learners={learners} />
            <InviteCard classId={id} url={`${settings.url}/join/${joinCode}`} />
          </div>
        )}
        <MembersSection viewerId={viewer.userId} classId={id} members={members} archived={archivedAt !== null} />
      </div>
    </PageBody>
  );
}
