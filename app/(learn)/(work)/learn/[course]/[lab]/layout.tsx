import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppHeader } from '#app/_components/app-header.tsx';
import { requireViewer } from '#app/_components/viewer.ts';
import { ConnectionBanner } from '#components/lab/connection-banner.tsx';
import { LabContextLine } from '#components/lab/lab-context-line.tsx';
import { labHref } from '#components/lab/lab-links.ts';
import { LabRoot } from '#components/lab/lab-root.tsx';
import { readSplit } from '#components/lab/split-cookie.ts';
import { SplitView } from '#components/lab/split-view.tsx';
import { TerminalPane } from '#components/lab/terminal-pane.tsx';
import { findActiveAttempt } from '#data/attempts.ts';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string; lab: string }>;
  children: ReactNode;
}

/** The lab page around its steps. It stays while one goes from step to step, and so do the terminals. */
export default async function LabLayout({ params, children }: Props) {
  const { course, lab: slug } = await params;
  const href = labHref({ course, slug });
  const viewer = await requireViewer(href);
  const { db, attempts, catalog, sandboxd } = getRuntime();
  const active = await findActiveAttempt(db, viewer, course, slug);
  if (!active) redirect(href);
  const [attempt, lab, opened] = await Promise.all([
    attempts.view(viewer, active.id),
    attempts.lab(viewer, active.id),
    attempts.opened(viewer, active.id),
  ]);
  const courseTitle = catalog.courses().find(one => one.slug === course)?.title ?? course;
  return (
    <LabRoot
      key={active.id}
      attempt={attempt}
      lab={lab}
      opened={opened}
      host={sandboxd.reachable ? 'reachable' : 'unreachable'}
      readOnly={false}
    >
      <div className="relative flex h-dvh flex-col overflow-clip">
        <AppHeader compact context={<LabContextLine courseTitle={courseTitle} />} />
        <ConnectionBanner />
        <SplitView guide={children} terminal={<TerminalPane />} guideShare={readSplit(await cookies())} />
      </div>
    </LabRoot>
  );
}
