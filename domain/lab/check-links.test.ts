import { describe, expect, test } from 'vitest';
import { linkProblems, linkTarget } from './check-links.ts';
import type { OutlinedLink } from './outline.ts';

const source = { file: 'c/l/steps/01-a.md', lineOf: () => 1 };
const targets = { steps: ['first', 'second'], labs: ['other'], assets: ['tree.svg'] };

function problemOf(href: string, kind: OutlinedLink['kind'] = 'link') {
  const outline = { directives: [], blocks: [], html: [], links: [{ kind, href, line: 7 }] };
  return linkProblems(source, outline, targets)[0];
}

describe('where a link leads', () => {
  test.each([
    ['02-second.md', { kind: 'step', slug: 'second' }],
    ['./02-second.md', { kind: 'step', slug: 'second' }],
    ['../../other/lab.yaml', { kind: 'lab', slug: 'other' }],
    ['../assets/tree.svg', { kind: 'asset', path: 'tree.svg' }],
    ['https://docs.docker.com/engine/', { kind: 'web', url: 'https://docs.docker.com/engine/' }],
    ['#what-is-missing', { kind: 'anchor' }],
  ])('%s', (href, target) => {
    expect(linkTarget(href)).toEqual(target);
  });

  test.each([
    'http://example.org',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    '/admin',
    '../assets/../../../secrets',
    '../assets/.hidden',
    '../../../other-course/lab/lab.yaml',
    'https://exa mple.org',
    '',
  ])('%s leads nowhere', href => {
    expect(linkTarget(href)).toEqual({ kind: 'nowhere' });
  });
});

describe('problems of links', () => {
  test('what exists is none', () => {
    for (const href of ['01-first.md', '../../other/lab.yaml', '../assets/tree.svg', '#x', 'https://x.org']) {
      expect(problemOf(href)).toBeUndefined();
    }
    expect(problemOf('../assets/tree.svg', 'image')).toBeUndefined();
  });

  test.each(['03-third.md', '../../gone/lab.yaml', '../assets/gone.svg'])('%s is told with its line', href => {
    expect(problemOf(href)).toMatchObject({ file: 'c/l/steps/01-a.md', line: 7, message: 'leads to nothing' });
  });

  test('a picture from another site is refused: a page loads nothing from elsewhere', () => {
    expect(problemOf('https://x.org/p.png', 'image')?.message).toBe('expected a picture of this lab');
  });
});
