import { labHref } from '#components/lab/lab-links.ts';
import type { MyAssignment } from '#components/results/my-assignments.tsx';
import { listMyAssignments } from '#data/assignments.ts';
import { labProgress } from '#data/overview.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { getRuntime } from '#server/runtime.ts';

/** What the viewer's classes (or one of them) are to do: what is due first stands first, what is finished last. */
export async function myAssignmentItems(viewer: Viewer, classId?: string): Promise<MyAssignment[]> {
  const { db, catalog } = getRuntime();
  const [assignments, progress] = await Promise.all([listMyAssignments(db, viewer), labProgress(db, viewer)]);
  return assignments
    .filter(one => classId === undefined || one.classId === classId)
    .flatMap(({ id, className, course, lab: slug, dueAt }) => {
      const lab = catalog.lab(course, slug);
      if (!lab) return [];
      const mine = progress.find(one => one.course === course && one.lab === slug);
      return {
        id,
        className,
        title: lab.title,
        href: labHref(lab),
        dueAt,
        state: mine?.status ?? ('new' as const),
        passed: mine?.tasksPassed ?? 0,
        tasks: lab.steps.reduce((sum, step) => sum + step.tasks.length, 0),
      };
    })
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ state, dueAt }: MyAssignment): number {
  return state === 'finished' ? Number.POSITIVE_INFINITY : (dueAt ?? Number.MAX_SAFE_INTEGER);
}
