import { expect, it } from 'vitest';
import { problemHeaders, problemPage, problemText } from './preview-page.ts';

const problem = {
  status: 502,
  title: 'a <b> & "c"',
  kept: "it's kept",
  todo: 'do',
  details: { title: '<i>', lines: ['<script>alert(1)</script>'] },
};

it('shows words of others as words', () => {
  const page = problemPage(problem, 'http://localhost:3000/"><script>');
  expect(page).toContain('a &#60;b&#62; &#38; &#34;c&#34;');
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  expect(page).not.toContain('<script');
  expect(problemHeaders(true)['content-security-policy']).toContain("default-src 'none'");
});

it('says the same to programs', () => {
  expect(problemText(problem).split('\n')).toEqual([
    problem.title,
    problem.kept,
    problem.todo,
    ...problem.details.lines,
    '',
  ]);
});
