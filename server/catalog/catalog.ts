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
  /** A file of a lab's `assets/`, by its name there; null when the lab has none of that name. */
  asset(course: string, slug: string, name: string): Uint8Array<ArrayBuffer> | null;
  problems(): Problem[];
}
