import { listOwnAttempts } from '#data/attempts.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { Elsewhere } from '#domain/attempt/start-answer.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { AttemptDeps } from './attempt-deps.ts';

/** The viewer's attempts that stand in the way of another sandbox, with the titles of their labs. */
export async function elsewhereOf(
  deps: Pick<AttemptDeps, 'db' | 'sandboxd'>,
  catalog: Pick<Catalog, 'lab'>,
  viewer: Viewer,
  attemptIds: string[],
): Promise<Elsewhere[]> {
  const attempts = await listOwnAttempts(deps.db, viewer, attemptIds);
  return Promise.all(
    attempts.map(async ({ id, course, lab, step }) => {
      const { sandbox } = await deps.sandboxd.call('sandbox.of-attempt', { attemptId: id });
      const title = catalog.lab(course, lab)?.title ?? lab;
      return { attemptId: id, course, lab, step, title, running: sandbox !== null };
    }),
  );
}
