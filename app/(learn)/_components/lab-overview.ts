import { labProgress } from '#data/overview.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { Course, Lab } from '#domain/lab/lab.ts';
import { getRuntime } from '#server/runtime.ts';

/** A lab in a list, and how far the viewer is in it. */
export interface LabOverview {
  lab: Pick<Lab, 'course' | 'slug' | 'title' | 'summary' | 'level' | 'minutes'>;
  state: 'new' | 'active' | 'finished';
  tasks: number;
  passed: number;
}

export interface CourseOverview {
  course: Course;
  labs: LabOverview[];
}

/** The courses with the viewer's progress; without a viewer nothing has begun. */
export async function courseOverviews(viewer: Viewer | null, only?: string): Promise<CourseOverview[]> {
  const { db, catalog } = getRuntime();
  const progress = viewer ? await labProgress(db, viewer, only) : [];
  return catalog
    .courses()
    .filter(course => only === undefined || course.slug === only)
    .map(course => ({
      course,
      labs: catalog.labs(course.slug).map(lab => {
        const mine = progress.find(one => one.course === lab.course && one.lab === lab.slug);
        return {
          lab: {
            course: lab.course,
            slug: lab.slug,
            title: lab.title,
            summary: lab.summary,
            level: lab.level,
            minutes: lab.minutes,
          },
          state: mine?.status ?? 'new',
          tasks: lab.steps.reduce((sum, step) => sum + step.tasks.length, 0),
          passed: mine?.tasksPassed ?? 0,
        };
      }),
    }));
}
