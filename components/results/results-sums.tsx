import { Stat } from '#components/ui/stat.tsx';
import type { ClassRow } from '#domain/protocol/live.ts';
import { classSums } from './learner-progress.ts';

/** The class at a glance. */
export function ResultsSums({ rows, tasks }: { rows: ClassRow[]; tasks: number }) {
  const { learners, started, finished, percentDone } = classSums(rows, tasks);
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Stat label="Learners" value={learners} hint="in this class" />
      <Stat label="Started" value={started} hint={`${learners - started} not yet`} />
      <Stat label="Finished" value={finished} hint={`${started - finished} working`} />
      <Stat label="Tasks done" value={`${percentDone} %`} hint="of all learners' tasks" />
    </div>
  );
}
