import { z } from 'zod';
import { CodedError } from '#domain/protocol/errors.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const assignmentSchema = z.object({
  classId: id,
  /** "course/lab", as the list of labs posts it. */
  lab: z.string().transform((text, context) => {
    const [course, lab, ...more] = text.split('/').map(part => slug.safeParse(part));
    if (course?.success && lab?.success && more.length === 0) return { course: course.data, lab: lab.data };
    context.addIssue({ code: 'custom', message: 'No lab was chosen. Nothing was assigned. Choose one.' });
    return z.NEVER;
  }),
});

export interface NewAssignment {
  classId: string;
  course: string;
  lab: string;
  dueAt: number | null;
}

/** What the form "Assign a lab" posted. Throws `bad-request` with a sentence for people. `now` in epoch milliseconds. */
export function parseAssignment(texts: Record<string, string>, now: number): NewAssignment {
  const parsed = assignmentSchema.safeParse(texts);
  if (!parsed.success) {
    const about = parsed.error.issues.find(issue => issue.path[0] === 'lab');
    throw new CodedError('bad-request', z.prettifyError(parsed.error), about && { learnerMessage: about.message });
  }
  const { classId, lab } = parsed.data;
  return { classId, ...lab, dueAt: parseDue(texts.due ?? '', texts.zone ?? '', now) };
}

/**
 * A moment from the browser's date box ("2026-12-01T18:00", or empty for none) and its time zone (minutes that UTC is
 * ahead of it at that moment; empty without scripts: then the box is taken as UTC). Throws `bad-request`.
 */
export function parseDue(local: string, zone: string, now: number): number | null {
  if (local.trim() === '') return null;
  const minutes = Number(zone);
  const wallClock = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(wallClock) || !Number.isInteger(minutes) || Math.abs(minutes) > 24 * 60)
    throw dueError('The due date was not understood. Nothing was saved. Choose day and time, or leave both empty.');
  const dueAt = wallClock + minutes * 60_000;
  if (dueAt <= now) throw dueError('The due date is in the past. Nothing was saved. Choose a later one.');
  if (dueAt > now + farthestMs)
    throw dueError('The due date is more than five years away. Nothing was saved. Look at the year again.');
  return dueAt;
}

/** A mistyped year is more likely than a class that long. */
const farthestMs = 5 * 366 * 24 * 3_600_000;

function dueError(learnerMessage: string): CodedError {
  return new CodedError('bad-request', 'due date', { learnerMessage });
}
