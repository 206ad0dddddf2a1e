import type { z } from 'zod';
import { type FieldPath, fieldText, type Problem, type Source } from './problem.ts';

type Issue = z.core.$ZodIssue;

const articles: Record<string, string> = {
  array: 'a list',
  object: 'a mapping (`key: value` lines)',
  string: 'text',
  number: 'a number',
  boolean: '`true` or `false`',
};

/** The issues of the union's branch that came closest: the one whose first complaint is deepest. */
function closestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue[] {
  const depth = (branch: Issue[]) => Math.max(0, ...branch.map(one => one.path.length));
  return [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

function remedyOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys')
    return 'Correct the spelling, or remove it; docs/authoring.md lists the fields.';
  if (issue.code === 'invalid_type')
    return `Write ${articles[issue.expected] ?? issue.expected} here${issue.expected === 'string' ? '; put quotes around it where YAML sees something else' : ''}.`;
  if (issue.code === 'invalid_value') return `Write one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'too_big') return 'Make it shorter or smaller.';
  if (issue.code === 'too_small') return 'Add what is missing.';
  return 'Correct it; docs/authoring.md explains this field.';
}

function flatten(issue: Issue, base: FieldPath): { issue: Issue; path: FieldPath }[] {
  const path = [...base, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = closestBranch(issue);
    if (branch.some(one => one.path.length > 0 || one.code === 'unrecognized_keys'))
      return branch.flatMap(one => flatten(one, path));
  }
  return [{ issue, path }];
}

/** What a schema found wrong, each at its line. */
export function issuesToProblems(source: Source, error: z.ZodError): Problem[] {
  return error.issues
    .flatMap(issue => flatten(issue, []))
    .map(({ issue, path }) => {
      const place = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
      return {
        file: source.file,
        line: source.lineOf(place),
        field: fieldText(place),
        message: issue.message
          .replace(/^Invalid input: /, '')
          .replace(/^Unrecognized keys?: /, 'unknown key ')
          .replace(/, received undefined$/, ', it is missing'),
        remedy: remedyOf(issue),
      };
    });
}
