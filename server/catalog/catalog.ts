import type { Course, Lab } from '#domain/lab/lab.ts';
import type { Problem } from '#domain/lab/problem.ts';

/** The courses and labs on disk, read once at start. Labs with problems are left out and listed in `problems`. */
export interface Catalog {
  /** In the order of their folders' names. */
  courses(): Course[];
  /** The whole lab, with solutions and answers: pass it through `toPublicLab` before it leaves the server. */
  lab(course: string, slug: string): Lab | null;
  /** Labs of a course in the course's order. */
  labs(course: string): Lab[];
  problems(): Problem[];
}
