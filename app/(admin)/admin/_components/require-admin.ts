import { notFound } from 'next/navigation';
import { requireViewer } from '#app/_components/viewer.ts';
import { type Action, can, type Subjects } from '#domain/access/policies.ts';
import type { Viewer } from '#domain/access/viewer.ts';

/** Actions of admins that are done to nothing in particular. */
type AdminAction = { [A in Action]: Subjects[A] extends null ? A : never }[Action];

/** The viewer, when they may do this; for everybody else there is nothing here. */
export async function requireAdmin(action: AdminAction, path: string): Promise<Viewer> {
  const viewer = await requireViewer(path);
  if (!can(viewer, action, null)) notFound();
  return viewer;
}
