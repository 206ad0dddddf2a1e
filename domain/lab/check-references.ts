import type { Lab, Step, Task } from './lab.ts';
import { type FieldPath, type Problem, problemAt, type Source } from './problem.ts';

/** Calls `visit` for every key of plain data, depth first. */
function walk(value: unknown, path: FieldPath, visit: (key: string, value: unknown, path: FieldPath) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    visit(key, inner, at);
    walk(inner, at, visit);
  }
}

/** Names of containers that a check of the lab speaks about. */
function containerNames(lab: Lab): Set<string> {
  const names = new Set<string>();
  for (const step of lab.steps) {
    for (const task of step.tasks) {
      for (const check of task.checks) {
        walk(check.spec, [], (key, value) => {
          const name =
            key === 'container' && typeof value === 'object' && value !== null && 'name' in value && value.name;
          if (typeof name === 'string') names.add(name);
        });
      }
    }
  }
  return names;
}

function ofProblems(source: Source, value: unknown, path: FieldPath, known: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  walk(value, path, (key, name, at) => {
    if ((key !== 'of' && key !== 'with') || typeof name !== 'string' || name === 'sandbox' || known.has(name)) return;
    problems.push(
      problemAt(
        source,
        at,
        `\`${name}\` is neither a check of this task nor a container that a check names`,
        `Known here: ${[...known].join(', ') || 'none'}.`,
      ),
    );
  });
  return problems;
}

function taskProblems(source: Source, task: Task, containers: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const ids = task.checks.map(check => check.id);
  for (const check of task.checks) {
    const path = ['tasks', task.id, 'checks', check.id];
    const others = new Set([...ids.filter(id => id !== check.id), ...containers]);
    problems.push(...ofProblems(source, check.spec, path, others));
    if (check.holds && !task.mutants.some(mutant => mutant.rejects === check.id)) {
      problems.push(
        problemAt(
          source,
          path,
          'is true from the start (`holds`), so nothing shows that it can fail',
          `Add a mutant with \`rejects: ${check.id}\`.`,
        ),
      );
    }
  }
  task.mutants.forEach((mutant, index) => {
    if (ids.includes(mutant.rejects)) return;
    problems.push(
      problemAt(
        source,
        ['tasks', task.id, 'mutants', index, 'rejects'],
        `\`${mutant.rejects}\` is not a check of this task`,
        `Its checks: ${ids.join(', ')}.`,
      ),
    );
  });
  return problems;
}

function questionProblems(
  source: Source,
  step: Step,
  containers: ReadonlySet<string>,
  tasksSoFar: string[],
): Problem[] {
  return step.questions.flatMap(question => {
    const path = ['questions', question.id];
    const problems: Problem[] = [];
    if (question.kind === 'live')
      problems.push(...ofProblems(source, question.answer, [...path, 'answer'], containers));
    if (!question.reveal) return problems;
    problems.push(...ofProblems(source, question.reveal.fact, [...path, 'reveal', 'fact'], containers));
    if (!tasksSoFar.includes(question.reveal.after)) {
      problems.push(
        problemAt(
          source,
          [...path, 'reveal', 'after'],
          `\`${question.reveal.after}\` is not a task of this or an earlier step`,
          `Tasks so far: ${tasksSoFar.join(', ') || 'none'}.`,
        ),
      );
    }
    return problems;
  });
}

/** References between the parts of one lab. `sources` are the files of its steps, in their order. */
export function referenceProblems(lab: Lab, sources: readonly Source[]): Problem[] {
  const containers = containerNames(lab);
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  const tasksSoFar: string[] = [];
  lab.steps.forEach((step, index) => {
    const source = sources[index];
    if (!source) throw new Error(`no source for step ${step.slug}`);
    for (const kind of ['tasks', 'questions'] as const) {
      for (const { id } of step[kind]) {
        const first = seen.get(id);
        if (first)
          problems.push(
            problemAt(
              source,
              [kind, id],
              `the id is taken: ${first}`,
              'Ids of tasks and questions are unique within a lab; choose another.',
            ),
          );
        seen.set(id, `${kind} of ${step.slug}`);
      }
    }
    tasksSoFar.push(...step.tasks.map(task => task.id));
    for (const task of step.tasks) problems.push(...taskProblems(source, task, containers));
    problems.push(...questionProblems(source, step, containers, tasksSoFar));
  });
  return problems;
}
