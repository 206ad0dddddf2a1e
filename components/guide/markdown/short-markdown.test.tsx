import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { parseShortMarkdown } from './parse-short-markdown.ts';
import { InlineMarkdown, ShortMarkdown } from './short-markdown.tsx';

describe('short Markdown', () => {
  test('knows code, strong and emphasis', () => {
    expect(parseShortMarkdown('Run `a *b*`, **now**, *please*.')).toEqual([
      {
        kind: 'paragraph',
        pieces: [
          { kind: 'text', text: 'Run ' },
          { kind: 'code', text: 'a *b*' },
          { kind: 'text', text: ', ' },
          { kind: 'strong', text: 'now' },
          { kind: 'text', text: ', ' },
          { kind: 'em', text: 'please' },
          { kind: 'text', text: '.' },
        ],
      },
    ]);
  });

  test('a lone star or backtick is itself', () => {
    const text = '2 * 3 * 4 and ` alone';
    expect(parseShortMarkdown(text)).toEqual([{ kind: 'paragraph', pieces: [{ kind: 'text', text }] }]);
  });

  test('paragraphs and fenced blocks', () => {
    expect(parseShortMarkdown('One\nline.\n\nTwo:\n```sh\na | b\n\n*c*\n```\nEnd.')).toMatchObject([
      { kind: 'paragraph', pieces: [{ text: 'One line.' }] },
      { kind: 'paragraph', pieces: [{ text: 'Two:' }] },
      { kind: 'code', text: 'a | b\n\n*c*' },
      { kind: 'paragraph', pieces: [{ text: 'End.' }] },
    ]);
  });

  test('HTML in it is text', () => {
    const html = renderToStaticMarkup(<ShortMarkdown text={'<img src=x onerror=alert(1)> `<script>`'} />);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script');
  });

  test('inline: no paragraphs', () => {
    expect(renderToStaticMarkup(<InlineMarkdown text="**a** b" />)).toBe('<strong>a</strong> b');
  });
});
