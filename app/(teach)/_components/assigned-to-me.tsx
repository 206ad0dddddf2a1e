import { myAssignmentItems } from '#app/(teach)/_components/my-assignment-items.ts';
import { MyAssignments } from '#components/results/my-assignments.tsx';
import type { Viewer } from '#domain/access/viewer.ts';

/** "Your class asks for": on the learner's start page. Nothing for who has no assignment. */
export async function AssignedToMe({ viewer }: { viewer: Viewer }) {
  const items = await myAssignmentItems(viewer);
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="assigned" className="mb-14 space-y-5">
      <h2 id="assigned" className="text-2xl">
        Assigned to you
      </h2>
      <MyAssignments items={items} />
    </section>
  );
}
