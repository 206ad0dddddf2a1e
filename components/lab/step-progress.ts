import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { PublicLab, PublicStep } from '#domain/lab/public-lab.ts';

export interface StepProgress {
  slug: string;
  title: string;
  done: number;
  total: number;
  opened: boolean;
}

/** How much of a step is done: tasks that passed once, and questions that are answered (a plain one: rightly). */
function progressOf(step: PublicStep, attempt: AttemptView): StepProgress {
  const tasks = step.tasks.filter(({ id }) => attempt.tasks.some(one => one.task === id && one.passedAt !== null));
  const questions = step.questions.filter(question => {
    const state = attempt.questions.find(one => one.question === question.id);
    return question.predict ? state?.value !== undefined && state.value !== null : state?.correct === true;
  });
  return {
    slug: step.slug,
    title: step.title,
    done: tasks.length + questions.length,
    total: step.tasks.length + step.questions.length,
    opened: attempt.stepsOpened.includes(step.slug),
  };
}

export function stepProgress(lab: PublicLab, attempt: AttemptView): StepProgress[] {
  return lab.steps.map(step => progressOf(step, attempt));
}

/** What is still open in the whole lab. */
export function openCount(steps: StepProgress[]): number {
  return steps.reduce((sum, step) => sum + step.total - step.done, 0);
}
