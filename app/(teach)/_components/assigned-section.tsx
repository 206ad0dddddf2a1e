import { ListChecks } from 'lucide-react';
import { AssignLab, type LabChoice } from '#app/(teach)/_components/assign-lab.tsx';
import { AssignedLab } from '#app/(teach)/_components/assigned-lab.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { AssignmentRow } from '#data/assignments.ts';
import { classRows } from '#data/class-results.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { getRuntime } from '#server/runtime.ts';

/** The labs of a class, for who runs it. */
export async function AssignedSection(props: {
  viewer: Viewer;
  classId: string;
  assignments: AssignmentRow[];
  archived: boolean;
}) {
  const { viewer, classId, assignments, archived } = props;
  const { db, catalog } = getRuntime();
  const rows = await Promise.all(
    assignments.map(({ course, lab }) => {
      const tasks = catalog.lab(course, lab)?.steps.flatMap(step => step.tasks.map(task => task.id)) ?? [];
      return classRows(db, viewer, classId, course, lab, tasks);
    }),
  );
  const choices = archived ? [] : labChoices(assignments);
  const button = choices.length > 0 && <AssignLab classId={classId} labs={choices} />;
  return (
    <section aria-labelledby="labs" className="grid gap-4">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-3">
        <h2 id="labs" className="text-xl">
          Assigned labs
        </h2>
        {assignments.length > 0 && button}
      </div>
      {assignments.length === 0 && (
        <EmptyState icon={<ListChecks />} title="No lab assigned yet" action={button}>
          Choose a lab for this class. Learners find it on their start page, and here you see live who did which task.
        </EmptyState>
      )}
      {assignments.map((assignment, place) => (
        <AssignedLab
          key={assignment.id}
          assignment={assignment}
          lab={catalog.lab(assignment.course, assignment.lab)}
          rows={rows[place] ?? []}
        />
      ))}
    </section>
  );
}

/** Labs of the catalog that the class does not have yet. */
function labChoices(assignments: AssignmentRow[]): LabChoice[] {
  const { catalog } = getRuntime();
  return catalog
    .courses()
    .flatMap(course => catalog.labs(course.slug).map(lab => ({ course, lab })))
    .filter(({ lab }) => !assignments.some(one => one.course === lab.course && one.lab === lab.slug))
    .map(({ course, lab }) => {
      const tasks = lab.steps.reduce((sum, step) => sum + step.tasks.length, 0);
      return {
        value: `${lab.course}/${lab.slug}`,
        label: lab.title,
        hint: `${course.title} · ${tasks} tasks · ${lab.minutes} min`,
      };
    });
}
