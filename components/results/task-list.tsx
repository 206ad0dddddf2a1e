import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';
import type { ClassRow } from '#domain/protocol/live.ts';
import { taskSums } from './learner-progress.ts';
import type { TableTask } from './table-task.ts';

/** What each column asks for, and how the class gets on with it: where many are stuck, it shows. */
export function TaskList({ tasks, rows }: { tasks: readonly TableTask[]; rows: ClassRow[] }) {
  return (
    <Card>
      <CardHeader title="Task by task" aside="What each asks for, and how many did it" />
      <ol className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
        {tasks.map(task => {
          const sums = taskSums(rows, task.id);
          return (
            <li key={task.id} className="min-w-0 space-y-2 text-sm">
              <p>
                <span className="type-display mr-2">Task {task.number}</span>
                <InlineMarkdown text={task.goal} />
              </p>
              <ProgressBar
                label={task.step}
                value={sums.done}
                max={rows.length}
                text={`${sums.done} of ${rows.length} done`}
              />
              {(sums.notYet > 0 || sums.undone > 0 || sums.unknown > 0) && (
                <p className="flex flex-wrap gap-2">
                  {sums.notYet > 0 && <StatusPill state="failed">{sums.notYet} not yet</StatusPill>}
                  {sums.undone > 0 && <StatusPill state="undone">{sums.undone} undone since</StatusPill>}
                  {sums.unknown > 0 && <StatusPill state="unknown">{sums.unknown} cannot be seen</StatusPill>}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
