import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { requireViewer } from '#app/_components/viewer.ts';
import { TaskCard } from '#components/checks/task-card.tsx';
import { StepMarkdown } from '#components/guide/markdown/step-markdown.tsx';
import { QuestionCard } from '#components/guide/question-card.tsx';
import { labHref, stepHref } from '#components/lab/lab-links.ts';
import { StepFooter } from '#components/lab/step-footer.tsx';
import { StepOpener } from '#components/lab/step-opener.tsx';
import { StepsNav } from '#components/lab/steps-nav.tsx';
import { findActiveAttempt } from '#data/attempts.ts';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string; lab: string; step: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course, lab, step } = await params;
  const found = getRuntime().catalog.lab(course, lab);
  const title = found?.steps.find(one => one.slug === step)?.title;
  return { title: title && found ? `${title} · ${found.title}` : found?.title };
}

/** One step: its text from the lab as this attempt pinned it, with live tasks and questions in their places. */
export default async function StepPage({ params }: Props) {
  const { course, lab: slug, step: stepSlug } = await params;
  const viewer = await requireViewer(stepHref({ course, slug }, stepSlug));
  const { db, attempts } = getRuntime();
  const active = await findActiveAttempt(db, viewer, course, slug);
  if (!active) redirect(labHref({ course, slug }));
  const lab = await attempts.lab(viewer, active.id);
  const index = lab.steps.findIndex(one => one.slug === stepSlug);
  const step = lab.steps[index];
  if (!step) notFound();
  return (
    <>
      <StepsNav current={step.slug} />
      <div key={step.slug} className="relative min-h-0 flex-1 overflow-y-auto">
        <article className="mx-auto max-w-3xl px-4 py-6 sm:px-7 sm:py-8">
          <StepOpener step={step.slug} />
          <p className="font-semibold text-accent-ink text-sm tabular-nums">
            Step {index + 1} of {lab.steps.length}
          </p>
          <h2 className="mt-1 mb-6 text-2xl">{step.title}</h2>
          <StepMarkdown
            body={step.body}
            tasks={Object.fromEntries(
              step.tasks.map((task, i) => [task.id, <TaskCard key={task.id} task={task} number={i + 1} />]),
            )}
            questions={Object.fromEntries(
              step.questions.map((question, i) => [
                question.id,
                <QuestionCard key={question.id} question={question} number={i + 1} />,
              ]),
            )}
            cgroupVersion={await cgroupVersion()}
            stepHref={other => stepHref(lab, other)}
            labHref={other => labHref({ course, slug: other })}
            assetHref={path => `${labHref(lab)}/assets/${path}`}
          />
          <StepFooter current={step.slug} />
        </article>
      </div>
    </>
  );
}

/** Of the machine the sandbox runs on; null while it does not answer. */
async function cgroupVersion(): Promise<'1' | '2' | null> {
  const { sandboxd } = getRuntime();
  if (!sandboxd.reachable) return null;
  return sandboxd.call('host.status', {}).then(
    status => status.cgroupVersion,
    () => null,
  );
}
