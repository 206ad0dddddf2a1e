import type { Lab, Question, Task } from './lab.ts';
import type { PublicLab, PublicQuestion, PublicTask } from './public-lab.ts';

function toPublicTask({ id, goal, checks, hints }: Task): PublicTask {
  return { id, goal, checks: checks.map(check => check.id), hints: hints.length };
}

function toPublicQuestion(question: Question): PublicQuestion {
  return {
    id: question.id,
    kind: question.kind,
    ask: question.ask,
    predict: question.predict,
    choices: 'choices' in question ? question.choices.map(choice => choice.text) : [],
    unit: question.kind === 'number' ? question.unit : null,
    revealedBy: question.reveal?.after ?? null,
  };
}

/** The lab as a browser may see it: picked field by field, so that a new field of Lab stays private until it is named here. */
export function toPublicLab(lab: Lab): PublicLab {
  return {
    course: lab.course,
    slug: lab.slug,
    title: lab.title,
    summary: lab.summary,
    level: lab.level,
    minutes: lab.minutes,
    objectives: [...lab.objectives],
    egress: lab.egress,
    steps: lab.steps.map(step => ({
      slug: step.slug,
      title: step.title,
      body: step.body,
      tasks: step.tasks.map(toPublicTask),
      questions: step.questions.map(toPublicQuestion),
    })),
  };
}
