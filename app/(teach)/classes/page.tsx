import { GraduationCap } from 'lucide-react';
import type { Metadata } from 'next';
import { requireViewer } from '#app/_components/viewer.ts';
import { ClassCard } from '#app/(teach)/_components/class-card.tsx';
import { NewClass } from '#app/(teach)/_components/name-dialogs.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { type ClassSummary, listClasses } from '#data/classes.ts';
import { can } from '#domain/access/policies.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Classes' };

export default async function ClassesPage() {
  const viewer = await requireViewer('/classes');
  const classes = await listClasses(getRuntime().db, viewer);
  const teacher = can(viewer, 'class.create', null);
  const open = classes.filter(one => one.archivedAt === null);
  const archived = classes.filter(one => one.archivedAt !== null);
  return (
    <PageBody>
      <PageHeader
        title="Classes"
        lede={
          teacher
            ? 'Share a link, assign labs, and see who gets on and who is stuck while it happens.'
            : 'The classes you are in, and what they are to do.'
        }
        actions={teacher && open.length > 0 && <NewClass />}
      />
      <div className="grid gap-8">
        {open.length > 0 ? <ClassGrid classes={open} /> : <NoClass teacher={teacher} guest={viewer.guest} />}
        {archived.length > 0 && (
          <Disclosure title={`Archived classes (${archived.length})`}>
            <ClassGrid classes={archived} />
          </Disclosure>
        )}
      </div>
    </PageBody>
  );
}

function ClassGrid({ classes }: { classes: ClassSummary[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {classes.map(one => (
        <li key={one.id}>
          <ClassCard summary={one} />
        </li>
      ))}
    </ul>
  );
}

function NoClass({ teacher, guest }: { teacher: boolean; guest: boolean }) {
  if (teacher)
    return (
      <EmptyState icon={<GraduationCap />} title="Make your first class" action={<NewClass />}>
        A class is learners who follow labs together. Make one, share its link, assign a lab: then watch the results
        come in, task by task.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<GraduationCap />}
      title="You are in no class"
      action={
        guest ? (
          <LinkButton href="/account" variant="primary">
            Make an account
          </LinkButton>
        ) : (
          <LinkButton href="/" variant="primary">
            Go to the labs
          </LinkButton>
        )
      }
    >
      {guest
        ? 'Guests cannot join a class. Make an account, and what you did so far goes with you.'
        : 'Your instructor has a link to join: open it, and you are in. The labs are open to you without a class, too.'}
    </EmptyState>
  );
}
