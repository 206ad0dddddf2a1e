import { referencesOfQuery } from '../check/fact-query.ts';
import { checkProblems, containerNamesOf, questionsOf } from '../check/references.ts';
import type { FactQuery } from '../check/spec.ts';
import type { Lab, Step, Task } from './lab.ts';
import { type FieldPath, type Problem, problemAt, type Source } from './problem.ts';

interface Known {
  /** Names of containers that a check of the lab speaks about. */
  containers: string[];
  questions: string[];
}

function taskProblems(source: Source, task: Task, known: Known): Problem[] {
  const problems: Problem[] = [];
  const ids = task.checks.map(check => check.id);
  for (const { check, message } of checkProblems(task.checks, known.containers)) {
    const remedy = `Checks of this task: ${ids.join(', ')}. Containers: ${known.containers.join(', ') || 'none'}.`;
    problems.push(problemAt(source, ['tasks', task.id, 'checks', check], message, remedy));
  }
  for (const check of task.checks) {
    const path = ['tasks', task.id, 'checks', check.id];
    for (const question of questionsOf(check.spec).filter(id => !known.questions.includes(id))) {
      problems.push(
        problemAt(
          source,
          path,
          `\`${question}\` is no question of this lab`,
          `Questions: ${known.questions.join(', ')}.`,
        ),
      );
    }
    if (check.holds && !task.mutants.some(mutant => mutant.rejects === check.id)) {
      const message = 'is true from the start (`holds`), so nothing shows that it can fail';
      problems.push(problemAt(source, path, message, `Add a mutant with \`rejects: ${check.id}\`.`));
    }
  }
  task.mutants.forEach((mutant, index) => {
    if (ids.includes(mutant.rejects)) return;
    const path = ['tasks', task.id, 'mutants', index, 'rejects'];
    problems.push(
      problemAt(source, path, `\`${mutant.rejects}\` is not a check of this task`, `Its checks: ${ids.join(', ')}.`),
    );
  });
  return problems;
}

function queryProblems(source: Source, query: FactQuery, path: FieldPath, known: readonly string[]): Problem[] {
  return referencesOfQuery(query)
    .filter(reference => !known.includes(reference))
    .map(reference =>
      problemAt(
        source,
        [...path, Object.keys(query)[0] ?? '', 'of'],
        `\`${reference}\` is neither a container that a check names nor a check of this step`,
        `Known here: ${known.join(', ') || 'none'}.`,
      ),
    );
}

function questionProblems(source: Source, step: Step, known: Known, tasksSoFar: string[]): Problem[] {
  const names = [...known.containers, ...step.tasks.flatMap(task => task.checks.map(check => check.id))];
  return step.questions.flatMap(question => {
    const path = ['questions', question.id];
    const problems: Problem[] = [];
    if (question.kind === 'live') problems.push(...queryProblems(source, question.answer, [...path, 'answer'], names));
    if (!question.reveal) return problems;
    const { after, fact } = question.reveal;
    if (fact) problems.push(...queryProblems(source, fact, [...path, 'reveal', 'fact'], names));
    if (!tasksSoFar.includes(after)) {
      const message = `\`${after}\` is not a task of this or an earlier step`;
      problems.push(
        problemAt(source, [...path, 'reveal', 'after'], message, `Tasks so far: ${tasksSoFar.join(', ') || 'none'}.`),
      );
    }
    return problems;
  });
}

/** References between the parts of one lab. `sources` are the files of its steps, in their order. */
export function referenceProblems(lab: Lab, sources: readonly Source[]): Problem[] {
  const specs = lab.steps.flatMap(step => step.tasks.flatMap(task => task.checks.map(check => check.spec)));
  const known = {
    containers: [...new Set(specs.flatMap(containerNamesOf))],
    questions: lab.steps.flatMap(step => step.questions.map(question => question.id)),
  };
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const tasksSoFar: string[] = [];
  lab.steps.forEach((step, index) => {
    const source = sources[index];
    if (!source) throw new Error(`no source for step ${step.slug}`);
    for (const kind of ['tasks', 'questions'] as const) {
      for (const { id } of step[kind]) {
        if (seen.has(id))
          problems.push(
            problemAt(
              source,
              [kind, id],
              'the id is taken already',
              'Ids of tasks and questions are unique within a lab; choose another.',
            ),
          );
        seen.add(id);
      }
    }
    tasksSoFar.push(...step.tasks.map(task => task.id));
    for (const task of step.tasks) problems.push(...taskProblems(source, task, known));
    problems.push(...questionProblems(source, step, known, tasksSoFar));
  });
  return problems;
}
