import { Clock, ListChecks, WifiOff } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { findViewer } from '#app/_components/viewer.ts';
import { LevelBadge } from '#app/(learn)/_components/level-badge.tsx';
import { StartLabButton } from '#app/(learn)/_components/start-lab-button.tsx';
import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { finishHref, stepHref } from '#components/lab/lab-links.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { findActiveAttempt } from '#data/attempts.ts';
import { labProgress } from '#data/overview.ts';
import { errorTable, isErrorCode } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string; lab: string }>;
  searchParams: Promise<{ problem?: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course, lab } = await params;
  return { title: getRuntime().catalog.lab(course, lab)?.title };
}

/** What a lab is about, for who has not begun it; who has goes on where they were. */
export default async function LabPage({ params, searchParams }: Props) {
  const { problem } = await searchParams;
  const { course, lab: slug } = await params;
  const { db, catalog, settings } = getRuntime();
  const viewer = await findViewer();
  const active = viewer ? await findActiveAttempt(db, viewer, course, slug) : null;
  if (active) redirect(stepHref({ course, slug }, active.step));
  const lab = catalog.lab(course, slug);
  if (!lab) notFound();
  const finished = viewer ? (await labProgress(db, viewer, course)).some(one => one.lab === slug) : false;
  const courseTitle = catalog.courses().find(one => one.slug === course)?.title ?? course;
  const tasks = lab.steps.reduce((sum, step) => sum + step.tasks.length, 0);
  const start = viewer || !settings.guests ? (finished ? 'Do it again' : 'Start the lab') : 'Try it without an account';

  return (
    <PageBody>
      <PageHeader
        title={lab.title}
        lede={lab.summary}
        breadcrumb={[
          { label: 'Labs', href: '/' },
          { label: courseTitle, href: `/learn/${course}` },
          { label: lab.title },
        ]}
        meta={
          <>
            <LevelBadge level={lab.level} />
            <span className="flex items-center gap-1.5 text-muted text-sm">
              <Clock aria-hidden className="size-4" /> {lab.minutes} min
            </span>
            <span className="flex items-center gap-1.5 text-muted text-sm">
              <ListChecks aria-hidden className="size-4" /> {lab.steps.length} steps, {tasks} tasks
            </span>
            {!lab.egress && (
              <span className="flex items-center gap-1.5 text-muted text-sm">
                <WifiOff aria-hidden className="size-4" /> works without internet
              </span>
            )}
          </>
        }
        actions={
          <>
            {finished && <LinkButton href={finishHref(lab)}>Your results</LinkButton>}
            <StartLabButton course={course} lab={slug} size="lg">
              {start}
            </StartLabButton>
          </>
        }
      />
      {isErrorCode(problem) && (
        <Callout tone="failed" role="alert" title={errorTable[problem].learner} className="mb-6" />
      )}
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
        <Card>
          <CardHeader title="What you will be able to do" />
          <ul className="list-disc space-y-2 pl-5 marker:text-accent-ink">
            {lab.objectives.map(objective => (
              <li key={objective}>
                <InlineMarkdown text={objective} />
              </li>
            ))}
          </ul>
        </Card>
        <Card>
          <CardHeader title="Steps" />
          <ol className="list-decimal space-y-2 pl-5 text-muted marker:font-semibold marker:text-accent-ink">
            {lab.steps.map(step => (
              <li key={step.slug}>
                <InlineMarkdown text={step.title} />
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </PageBody>
  );
}
