import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findViewer } from '#app/_components/viewer.ts';
import { LabCard } from '#app/(learn)/_components/lab-card.tsx';
import { courseOverviews } from '#app/(learn)/_components/lab-overview.ts';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await params;
  return {
    title: getRuntime()
      .catalog.courses()
      .find(one => one.slug === course)?.title,
  };
}

export default async function CoursePage({ params }: Props) {
  const [overview] = await courseOverviews(await findViewer(), (await params).course);
  if (!overview) notFound();
  const { course, labs } = overview;
  const tasks = labs.reduce((sum, lab) => sum + lab.tasks, 0);
  const passed = labs.reduce((sum, lab) => sum + Math.min(lab.passed, lab.tasks), 0);
  return (
    <PageBody>
      <PageHeader
        title={course.title}
        lede={course.summary}
        breadcrumb={[{ label: 'Labs', href: '/' }, { label: course.title }]}
      />
      {passed > 0 && (
        <ProgressBar label="Tasks passed in this course" value={passed} max={tasks} className="mb-8 max-w-md" />
      )}
      <ol className="grid gap-4">
        {labs.map((lab, index) => (
          <li key={lab.lab.slug}>
            <LabCard overview={lab} number={index + 1} level={2} />
          </li>
        ))}
      </ol>
    </PageBody>
  );
}
