import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { requireViewer } from '#app/_components/viewer.ts';
import { StartLabButton } from '#app/(learn)/_components/start-lab-button.tsx';
import { SummaryStats } from '#app/(learn)/_components/summary-stats.tsx';
import { TaskResults } from '#app/(learn)/_components/task-results.tsx';
import { finishHref, labHref } from '#components/lab/lab-links.ts';
import { Callout } from '#components/ui/callout.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { labProgress } from '#data/overview.ts';
import { summariseAttempt } from '#domain/attempt/attempt-summary.ts';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string; lab: string }>;
}

export const metadata: Metadata = { title: 'Your results' };

/** What an attempt came to: shown after finishing, and from the course page. */
export default async function FinishPage({ params }: Props) {
  const { course, lab: slug } = await params;
  const viewer = await requireViewer(finishHref({ course, slug }));
  const { db, attempts, catalog } = getRuntime();
  const newest = (await labProgress(db, viewer, course)).find(one => one.lab === slug);
  if (!newest) notFound();
  if (newest.status === 'active') redirect(labHref({ course, slug }));
  const [lab, attempt] = await Promise.all([
    attempts.lab(viewer, newest.attemptId),
    attempts.view(viewer, newest.attemptId),
  ]);
  const summary = summariseAttempt(lab, attempt);
  const whole = summary.tasks.passed === summary.tasks.total && summary.questions.right === summary.questions.total;
  const others = catalog.labs(course);
  const next = others[others.findIndex(one => one.slug === slug) + 1];
  const courseTitle = catalog.courses().find(one => one.slug === course)?.title ?? course;

  return (
    <PageBody>
      <PageHeader
        title={whole ? 'Done, all of it' : 'Finished'}
        lede={
          whole
            ? `You have been through “${lab.title}”, and everything in it was right in the end.`
            : `You have finished “${lab.title}”. What was open stays open in this attempt; do it again to close it.`
        }
        breadcrumb={[
          { label: 'Labs', href: '/' },
          { label: courseTitle, href: `/learn/${course}` },
          { label: lab.title },
        ]}
        actions={
          <>
            {next && (
              <StartLabButton course={course} lab={next.slug} size="lg">
                {`Next: ${next.title}`}
              </StartLabButton>
            )}
            {!next && (
              <LinkButton href={`/learn/${course}`} size="lg" variant="primary">
                Back to the course
              </LinkButton>
            )}
          </>
        }
      />
      <div className="space-y-8">
        <SummaryStats summary={summary} />
        {viewer.guest && (
          <Callout
            title="You are a guest: these results are known to this browser only."
            todo="Make an account to keep them for good. It takes a minute."
            actions={
              <LinkButton href="/account" size="sm">
                Keep my progress
              </LinkButton>
            }
          />
        )}
        <TaskResults lab={lab} attempt={attempt} />
        <StartLabButton course={course} lab={slug} variant="secondary">
          Do this lab again
        </StartLabButton>
      </div>
    </PageBody>
  );
}
