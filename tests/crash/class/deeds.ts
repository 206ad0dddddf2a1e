import type { Question, Task } from '#domain/lab/lab.ts';
import type { Learner } from './learner.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Something a learner does next, with the words for the log. */
export interface Deed {
  name: string;
  run(): Promise<void>;
}

/** What this learner does next: mostly typing, now and then a step, an answer, a task, rarely a fresh sandbox. */
export function nextDeed(learner: Learner, random: SeededRandom): Deed {
  const step = random.pick(learner.lab.steps);
  const question = step.questions.find(one => !learner.kept.answers.has(one.id) && choices(one) !== null);
  const task: Task | undefined = step.tasks.find(one => !learner.kept.passed.has(one.id));
  const mark = { name: 'types', run: () => learner.leaveMark() };
  if (random.chance(0.45)) return mark;
  if (question && random.chance(0.4))
    return {
      name: `answers ${question.id}`,
      run: async () => {
        await learner.openStep(step.slug);
        await learner.answer(question.id, choices(question) ?? []);
      },
    };
  if (task && random.chance(0.6))
    return {
      name: `solves ${task.id}`,
      run: async () => {
        await learner.openStep(step.slug);
        await learner.solve(task.id, task.solution);
      },
    };
  if (random.chance(0.15)) return { name: 'resets', run: () => learner.reset() };
  return { name: `opens ${step.slug}`, run: () => learner.openStep(step.slug) };
}

/** The right answer of a question of choices; null for one that has to be looked up in the sandbox. */
function choices(question: Question): number[] | null {
  if (question.kind !== 'single' && question.kind !== 'multiple') return null;
  return question.choices.flatMap((choice, index) => (choice.correct ? [index] : []));
}
