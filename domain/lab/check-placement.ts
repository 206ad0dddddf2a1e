import type { Step } from './lab.ts';
import type { OutlinedDirective, StepOutline } from './outline.ts';
import { type Problem, problemAt, type Source } from './problem.ts';

/** Boxes around text, and the texts for one kind of machine only. */
export const containerDirectives = ['note', 'careful', 'truth', 'when'] as const;
const leafDirectives = ['task', 'question'] as const;

function at(source: Source, line: number, field: string, message: string, remedy: string): Problem {
  return { file: source.file, line, field, message, remedy };
}

/** A directive that nobody would render: unknown, of the wrong kind, or with wrong attributes. */
function directiveProblem(source: Source, found: OutlinedDirective): Problem | null {
  const colons = { leaf: '::', container: ':::', text: ':' }[found.kind];
  const written = `${colons}${found.name}`;
  if (found.kind === 'text') {
    return at(
      source,
      found.line,
      written,
      'is read as an inline directive, which a lab does not have',
      `Write a backslash before the colon: \`\\${written}\`, or put it in \`code\`.`,
    );
  }
  const known: readonly string[] = found.kind === 'leaf' ? leafDirectives : containerDirectives;
  if (!known.includes(found.name)) {
    return at(
      source,
      found.line,
      written,
      'unknown directive',
      'Use ::task[id], ::question[id], :::note, :::careful, :::truth or :::when{cgroup=1}.',
    );
  }
  if (found.name !== 'when') return null;
  const keys = Object.keys(found.attributes);
  if (keys.length === 1 && /^[12]$/.test(found.attributes.cgroup ?? '')) return null;
  return at(
    source,
    found.line,
    written,
    `expected the attribute cgroup=1 or cgroup=2, found {${keys.map(key => `${key}=${found.attributes[key]}`).join(' ')}}`,
    'Write :::when{cgroup=1} or :::when{cgroup=2}.',
  );
}

/** Every task and question stands in the text exactly once, and nothing else does. */
export function placementProblems(source: Source, step: Step, outline: StepOutline): Problem[] {
  const problems: Problem[] = [];
  for (const found of outline.directives) {
    const problem = directiveProblem(source, found);
    if (problem) problems.push(problem);
  }
  for (const { text, line } of outline.html) {
    problems.push(
      at(
        source,
        line,
        'HTML',
        `raw HTML is not shown: ${text.slice(0, 40)}`,
        'Write it in Markdown, or put it in `code`.',
      ),
    );
  }
  for (const name of leafDirectives) {
    const items = name === 'task' ? step.tasks : step.questions;
    const placed = outline.directives.filter(found => found.kind === 'leaf' && found.name === name);
    for (const found of placed) {
      if (items.some(item => item.id === found.label)) continue;
      problems.push(
        at(
          source,
          found.line,
          `::${name}[${found.label}]`,
          `no ${name} of this step has that id`,
          `Known here: ${items.map(item => item.id).join(', ') || 'none'}.`,
        ),
      );
    }
    for (const item of items) {
      const times = placed.filter(found => found.label === item.id);
      if (times.length === 0) {
        problems.push(
          problemAt(
            source,
            [`${name}s`, item.id],
            'is nowhere in the text',
            `Put ::${name}[${item.id}] where it belongs.`,
          ),
        );
      }
      for (const again of times.slice(1)) {
        problems.push(
          at(source, again.line, `::${name}[${item.id}]`, 'stands in the text more than once', 'Keep one.'),
        );
      }
    }
  }
  return problems;
}
