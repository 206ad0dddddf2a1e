import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { requireViewer } from '#app/_components/viewer.ts';
import { classHref, resultsHref } from '#app/(teach)/_components/class-paths.ts';
import { LearnerPorts } from '#app/(teach)/_components/learner-ports.tsx';
import { loadTaskVerdicts } from '#app/(teach)/_components/load-task-verdicts.ts';
import { maySee } from '#app/(teach)/_components/may-see.ts';
import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { FactsView } from '#components/results/facts/facts-view.tsx';
import { Moment } from '#components/results/facts/moment.tsx';
import { VerdictChecks } from '#components/results/verdict-checks.tsx';
import { VerdictHistory } from '#components/results/verdict-history.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';

export const metadata: Metadata = { title: 'Verdict' };

interface Props {
  params: Promise<{ id: string; course: string; lab: string; attempt: string; task: string }>;
  searchParams: Promise<{ verdict?: string | string[] }>;
}

export default async function VerdictPage({ params, searchParams }: Props) {
  const { id, course, lab, attempt, task } = await params;
  const { verdict: asked } = await searchParams;
  const results = resultsHref(id, { course, lab });
  const here = `${results}/${attempt}/${task}`;
  const viewer = await requireViewer(here);
  const found = await maySee(
    loadTaskVerdicts(viewer, {
      classId: id,
      course,
      lab,
      attemptId: attempt,
      task: decodeURIComponent(task),
      verdictId: typeof asked === 'string' ? asked : null,
    }),
    here,
  );
  if (!found) notFound();
  const { className, learner, about, look, progress, shown, history } = found;
  return (
    <PageBody>
      <PageHeader
        title={
          <span className="wrap-anywhere">
            {learner}, task {about.number}
          </span>
        }
        lede={<InlineMarkdown text={about.goal} />}
        breadcrumb={[
          { label: 'Classes', href: '/classes' },
          { label: className, href: classHref(id) },
          { label: `Results: ${about.labTitle}`, href: results },
          { label: 'Verdict' },
        ]}
        meta={
          <>
            <StatusPill state={look} />
            {progress.attempts > 0 && <Badge>{progress.attempts === 1 ? '1 try' : `${progress.attempts} tries`}</Badge>}
            {progress.hintsOpened > 0 && (
              <Badge>
                {progress.hintsOpened} of {about.hints} hints opened
              </Badge>
            )}
            {progress.solutionOpened && <Badge tone="undone">Solution opened</Badge>}
          </>
        }
        actions={
          <Suspense>
            <LearnerPorts viewer={viewer} attempt={attempt} />
          </Suspense>
        }
      />
      {shown ? (
        <div className="grid gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 content-start gap-8">
            <Card>
              <CardHeader
                title={shown.id === history[0]?.id ? 'The newest verdict' : 'An earlier verdict'}
                aside={<Moment at={shown.at} />}
              />
              <VerdictChecks verdict={shown.verdict} />
            </Card>
            <section aria-labelledby="facts" className="grid min-w-0 gap-4">
              <div className="space-y-1">
                <h2 id="facts" className="text-xl">
                  What it was judged by
                </h2>
                <p className="text-muted text-sm">
                  The facts of that moment, as the platform saw them from outside the sandbox.
                </p>
              </div>
              <FactsView facts={shown.facts} />
            </section>
          </div>
          <aside aria-labelledby="history" className="min-w-0">
            <Card>
              <h2 id="history" className="mb-1 text-lg">
                History
              </h2>
              <p className="mb-3 text-muted text-sm">Each time a look said something new.</p>
              <div className="-mx-3">
                <VerdictHistory verdicts={history} shown={shown.id} href={here} />
              </div>
            </Card>
          </aside>
        </div>
      ) : (
        <EmptyState title="No verdict yet">
          The platform looks as soon as {learner} opens the step with this task in a running sandbox.
        </EmptyState>
      )}
    </PageBody>
  );
}
