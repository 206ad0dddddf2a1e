import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireViewer } from '#app/_components/viewer.ts';
import { classHref, resultsHref } from '#app/(teach)/_components/class-paths.ts';
import { tableTasks } from '#app/(teach)/_components/lab-table-tasks.ts';
import { maySee } from '#app/(teach)/_components/may-see.ts';
import { DueBadge } from '#components/results/due-badge.tsx';
import { LiveResults } from '#components/results/live-results.tsx';
import { resultsColumnIds } from '#components/results/results-column-ids.ts';
import { readTableView } from '#components/results/table-address.ts';
import { buttonStyle } from '#components/ui/button-style.ts';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { listAssignments } from '#data/assignments.ts';
import { classRows } from '#data/class-results.ts';
import { getClass } from '#data/classes.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Results' };

/** So many tasks still fit on a page of the usual width. */
const narrowTasks = 4;

interface Props {
  params: Promise<{ id: string; course: string; lab: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ResultsPage({ params, searchParams }: Props) {
  const { id, course, lab: slug } = await params;
  const here = resultsHref(id, { course, lab: slug });
  const viewer = await requireViewer(here);
  const { db, catalog } = getRuntime();
  const lab = catalog.lab(course, slug);
  if (!lab) notFound();
  const tasks = tableTasks(lab);
  const rows = await maySee(
    classRows(
      db,
      viewer,
      id,
      course,
      slug,
      tasks.map(task => task.id),
    ),
    here,
  );
  const { name } = await getClass(db, viewer, id);
  const assignment = (await listAssignments(db, viewer, id)).find(one => one.course === course && one.lab === slug);
  const view = readTableView(await searchParams, resultsColumnIds(tasks));
  return (
    <PageBody width={tasks.length > narrowTasks ? 'wide' : 'page'}>
      <PageHeader
        title={lab.title}
        breadcrumb={[
          { label: 'Classes', href: '/classes' },
          { label: name, href: classHref(id) },
          { label: 'Results' },
        ]}
        meta={assignment && <DueBadge dueAt={assignment.dueAt} />}
        actions={
          <a href={`${here}/results.csv`} download className={buttonStyle()}>
            <Download aria-hidden />
            Export CSV
          </a>
        }
      />
      <LiveResults
        table={{ classId: id, course, lab: slug }}
        rows={rows}
        tasks={tasks}
        view={view}
        href={here}
        classHref={classHref(id)}
      />
    </PageBody>
  );
}
