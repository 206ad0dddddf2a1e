import { describe, expect, test } from 'vitest';
import { problemText } from '#domain/lab/problem.ts';
import { loadLab } from './load-lab.ts';
import { type SampleFile, sampleFiles } from './testing/sample-lab.ts';

function problemsWith(file: SampleFile, from: string, to: string): string[] {
  const loaded = loadLab('c', 'hello', sampleFiles({ [file]: [from, to] }), ['hello', 'other']);
  expect(loaded.lab).toBeNull();
  return loaded.problems.map(problemText);
}

describe('a well-formed lab', () => {
  const { lab, problems } = loadLab('c', 'hello', sampleFiles(), ['hello']);

  test('loads without problems', () => {
    expect(problems).toEqual([]);
    expect(lab?.steps.map(step => step.slug)).toEqual(['first', 'second']);
    expect(lab?.egress).toBe(false);
    expect(lab?.hash).toMatch(/^[a-f0-9]{64}$/);
  });

  test('keeps checks in order, with `holds` beside the spec and not in it', () => {
    const checks = lab?.steps[0]?.tasks[0]?.checks;
    expect(checks?.map(check => [check.id, check.holds])).toEqual([
      ['web-runs', false],
      ['web-nginx', false],
      ['no-runc', true],
    ]);
    expect(checks?.[2]?.spec).toEqual({ process: { exe: 'runc', absent: true } });
  });

  test('tells the kinds of questions by what they ask for', () => {
    const questions = lab?.steps.flatMap(step => step.questions);
    expect(questions?.map(question => question.kind)).toEqual(['single', 'number', 'text', 'live']);
    expect(questions?.[0]?.reveal?.after).toBe('run-web');
  });

  test('its hash changes with any byte of any file, and with nothing else', () => {
    const again = loadLab('c', 'hello', sampleFiles(), ['hello']).lab;
    const changed = loadLab('c', 'hello', sampleFiles({ 'steps/02-second.md': ['A note.', 'A note!'] }), ['hello']).lab;
    expect(again?.hash).toBe(lab?.hash);
    expect(changed?.hash).not.toBe(lab?.hash);
  });
});

describe('every mistake is told with file, line, field and remedy', () => {
  const cases: [name: string, file: SampleFile, from: string, to: string, expected: RegExp][] = [
    [
      'an unknown key',
      'lab.yaml',
      'minutes: 5',
      'minutes: 5\nminute: 5',
      /^c\/hello\/lab\.yaml:5 minute: unknown key `minute`; known keys: title, .* → /,
    ],
    [
      'a missing key',
      'lab.yaml',
      'minutes: 5\n',
      '',
      /lab\.yaml:1 minutes: expected number, it is missing → Write a number/,
    ],
    ['a wrong enum', 'lab.yaml', 'foundation', 'easy', /lab\.yaml:3 level: .* → Write one of: foundation/],
    ['broken YAML', 'lab.yaml', 'title: Hello', 'title: "Hello', /lab\.yaml:\d+ YAML: .* → Mend the YAML/],
    [
      'a key given twice',
      'lab.yaml',
      'minutes: 5',
      'minutes: 5\nminutes: 6',
      /lab\.yaml:5 YAML: Map keys must be unique → /,
    ],
    ['no front matter', 'steps/02-second.md', '---\ntitle', 'title', /02-second\.md:1 expected front matter → /],
    [
      'an unknown check kind',
      'steps/01-first.md',
      'web-runs: { container:',
      'web-runs: { contaner:',
      /01-first\.md:7 tasks\.run-web\.checks\.web-runs\.contaner/,
    ],
    [
      'an unknown field of a check',
      'steps/01-first.md',
      'state: running',
      'status: running',
      /01-first\.md:7 tasks\.run-web\.checks\.web-runs\.container\.status/,
    ],
    [
      'an `of` that nothing found',
      'steps/01-first.md',
      'of: web-runs',
      'of: web-run',
      /01-first\.md:8 tasks\.run-web\.checks\.web-nginx: refers to web-run, which is neither/,
    ],
    [
      'checks that refer to each other in a circle',
      'steps/01-first.md',
      'name: web, state: running',
      'of: web-nginx, state: running',
      /01-first\.md:7 tasks\.run-web\.checks\.web-runs: refers, directly or in a circle, to itself/,
    ],
    [
      'a check of an answer to no question',
      'steps/01-first.md',
      'container: { name: web, state: running } }',
      'answer: { question: gone } }',
      /checks\.web-runs: `gone` is no question of this lab/,
    ],
    [
      'a live question about no container',
      'steps/02-second.md',
      'of: web }',
      'of: wob }',
      /02-second\.md:16 questions\.pid\.answer\.process\.of: `wob` is neither/,
    ],
    [
      'a mutant of no check',
      'steps/01-first.md',
      'rejects: web-nginx',
      'rejects: nginx',
      /01-first\.md:14 tasks\.run-web\.mutants\[1\]\.rejects: `nginx` is not a check/,
    ],
    [
      'a `holds` without a mutant',
      'steps/01-first.md',
      'rejects: no-runc',
      'rejects: web-runs',
      /01-first\.md:9 tasks\.run-web\.checks\.no-runc: is true from the start/,
    ],
    [
      'too few mutants',
      'steps/01-first.md',
      '      - { run: docker create --name web nginx, rejects: web-runs }\n',
      '',
      /lab\.yaml:1 2 mutants in the whole lab, expected at least 3/,
    ],
    [
      'no correct choice',
      'steps/01-first.md',
      '{ text: PID 1, correct: true }',
      'PID 1',
      /01-first\.md:20 questions\.parent\.choices: expected a correct choice/,
    ],
    [
      'two correct choices',
      'steps/01-first.md',
      '[dockerd,',
      '[{ text: dockerd, correct: true },',
      /choices: 2 choices are correct; say `multiple: true`/,
    ],
    [
      'a reveal after no task',
      'steps/01-first.md',
      'after: run-web',
      'after: run-wob',
      /01-first\.md:21 questions\.parent\.reveal\.after: `run-wob` is not a task/,
    ],
    [
      'a prediction without a reveal',
      'steps/01-first.md',
      '    reveal: { after: run-web, fact: { process: { exe: nginx, of: web }, show: parent } }\n',
      '',
      /questions\.parent: a prediction needs `reveal/,
    ],
    [
      'a task that stands nowhere',
      'steps/01-first.md',
      '::task[run-web]',
      '',
      /01-first\.md:4 tasks\.run-web: is nowhere in the text/,
    ],
    [
      'a task that stands twice',
      'steps/01-first.md',
      '::task[run-web]',
      '::task[run-web]\n\n::task[run-web]',
      /01-first\.md:30 ::task\[run-web\]: stands in the text more than once/,
    ],
    [
      'a task that is not there',
      'steps/01-first.md',
      '::task[run-web]',
      '::task[run-web]\n\n::task[gone]',
      /01-first\.md:30 ::task\[gone\]: no task of this step has that id/,
    ],
    ['an unknown directive', 'steps/02-second.md', ':::note', ':::nota', /02-second\.md:19 :::nota: unknown directive/],
    [
      'a :::when without a version',
      'steps/02-second.md',
      ':::note',
      ':::when{cgroup=3}',
      /02-second\.md:19 :::when: expected the attribute/,
    ],
    [
      'an accidental inline directive',
      'steps/02-second.md',
      'A note.',
      'At 10:note it is.',
      /02-second\.md:20 :note: is read as an inline directive/,
    ],
    ['raw HTML', 'steps/02-second.md', 'A note.', '<b>A note.</b>', /02-second\.md:20 HTML: raw HTML is not shown/],
    [
      'a link to no step',
      'steps/01-first.md',
      '02-second.md',
      '03-third.md',
      /01-first\.md:24 link 03-third\.md: leads to nothing/,
    ],
    [
      'a link of an unknown form',
      'steps/01-first.md',
      '02-second.md',
      'http://x.org',
      /link http:\/\/x\.org: is of no form/,
    ],
    [
      'a script link',
      'steps/01-first.md',
      '(02-second.md)',
      '(javascript:alert(1))',
      /link javascript:alert\(1\): is of no form/,
    ],
    [
      'a picture that is missing',
      'steps/01-first.md',
      '[the second](02-second.md)',
      '![x](../assets/x.svg)',
      /image \.\.\/assets\/x\.svg: leads to nothing/,
    ],
    [
      'a question of two kinds',
      'steps/02-second.md',
      'value: 3',
      'value: 3\n    accept: [three]',
      /questions\.how-many: expected exactly one of choices, accept, value, answer; found accept and value/,
    ],
    [
      'an id used twice',
      'steps/02-second.md',
      '  say:\n',
      '  parent:\n',
      /02-second\.md:10 questions\.parent: the id is taken/,
    ],
  ];

  test.each(cases)('%s', (_name, file, from, to, expected) => {
    expect(problemsWith(file, from, to)).toContainEqual(expect.stringMatching(expected));
  });

  test('a file among the steps that is not one', () => {
    const files = new Map([...sampleFiles(), ['steps/notes.txt', Buffer.from('x')] as const]);
    expect(loadLab('c', 'hello', files, []).problems.map(problemText)).toEqual([
      'c/hello/steps/notes.txt:1 expected a name like steps/02-find-the-shim.md → Rename the file.',
    ]);
  });
});
