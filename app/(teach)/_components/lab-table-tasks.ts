import type { TableTask } from '#components/results/table-task.ts';
import type { Lab } from '#domain/lab/lab.ts';

/** The columns of a lab's class table. */
export function tableTasks(lab: Lab): TableTask[] {
  return lab.steps
    .flatMap(step => step.tasks.map(task => ({ id: task.id, goal: task.goal, step: step.title })))
    .map((task, place) => ({ ...task, number: place + 1 }));
}
