import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { StepMarkdown, type StepMarkdownProps } from './step-markdown.tsx';
import { TerminalCommandContext } from './terminal-command-context.tsx';

function render(body: string, props: Partial<StepMarkdownProps> = {}): string {
  return renderToStaticMarkup(
    <TerminalCommandContext value={{ run: () => true }}>
      <StepMarkdown
        body={body}
        tasks={{ 'run-web': <b>TASK</b> }}
        questions={{ parent: <b>QUESTION</b> }}
        cgroupVersion="2"
        stepHref={slug => `/steps/${slug}`}
        labHref={slug => `/labs/${slug}`}
        assetHref={path => `/files/${path}`}
        {...props}
      />
    </TerminalCommandContext>,
  );
}

describe('our own marks', () => {
  test('tasks and questions stand where the author put them', () => {
    const html = render('One.\n\n::task[run-web]\n\nTwo.\n\n::question[parent]\n');
    expect(html).toContain('<p>One.</p>\n<b>TASK</b>\n<p>Two.</p>\n<b>QUESTION</b>');
  });

  test('a place without a task, or with a name that objects have anyway, stays empty', () => {
    expect(render('::task[gone]\n\n::task[constructor]\n')).toBe('<div class="prose">\n</div>');
  });

  test('text for the other kind of machine is left out; both stay while the kind is not known', () => {
    const body = ':::when{cgroup=1}\nold\n:::\n\n:::when{cgroup=2}\nnew\n:::\n';
    expect(render(body)).not.toContain('old');
    expect(render(body)).toContain('new');
    expect(render(body, { cgroupVersion: null })).toMatch(/old[\s\S]*new/);
  });

  test('boxes say what they are', () => {
    expect(render(':::truth\nrunc is gone.\n:::\n')).toMatch(/<aside[\s\S]*What is true[\s\S]*runc is gone\./);
  });

  test('a colon in a sentence stays a colon', () => {
    expect(render('Port 80:tcp, image nginx:latest.')).toContain('<p>Port 80:tcp, image nginx:latest.</p>');
  });

  test('links lead to steps, labs and other sites', () => {
    const html = render('[a](02-second.md) [b](../../other/lab.yaml) [c](https://example.org/x) [d](../assets/x.svg)');
    expect(html).toContain('<a href="/steps/second">a</a>');
    expect(html).toContain('<a href="/labs/other">b</a>');
    expect(html).toContain('<a href="https://example.org/x" target="_blank" rel="noopener noreferrer">c');
    expect(html).toContain('<a href="/files/x.svg">d</a>');
  });
});

describe('blocks of code', () => {
  test('only those marked `run` get a Run button; all get Copy', () => {
    const plain = render('```sh\ndocker ps\n```\n');
    const run = render('```sh run\ndocker ps\n```\n');
    expect(plain).toContain('Copy code');
    expect(plain).not.toContain('in the terminal: docker ps');
    expect(run).toContain('in the terminal: docker ps');
  });

  test('are coloured by variables, and keep every character', () => {
    const html = render('```sh\ndocker run -d --name "web" nginx # <web>\necho done\n```\n');
    expect(html).toContain('color:var(--code-');
    const text = /<pre[^>]*>([\s\S]*)<\/pre>/.exec(html)?.[1]?.replace(/<[^>]+>/g, '');
    expect(text).toBe('docker run -d --name &quot;web&quot; nginx # &lt;web&gt;\necho done');
  });

  test('of an unknown language stay plain', () => {
    expect(render('```console\n$ ls\n```\n')).toMatch(/<code>\$ ls<\/code>/);
  });
});

describe('hostile Markdown', () => {
  const attacks: [name: string, body: string][] = [
    ['a script', '<script>alert(1)</script>'],
    ['a script in a box', ':::note\n<script>alert(1)</script>\n:::'],
    ['an event handler', '<img src=x onerror=alert(1)>'],
    ['our own elements as HTML', '<bd-slot data-kind="task" data-id="run-web"></bd-slot>'],
    ['a script link', '[x](javascript:alert(1))'],
    ['a script link in disguise', '[x](JaVaScRiPt&colon;alert(1))'],
    ['a script link by reference', '[x][y]\n\n[y]: javascript:alert(1)'],
    ['a data link', '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)'],
    ['an automatic script link', '<javascript:alert(1)>'],
    ['a picture from elsewhere', '![x](https://evil.example/x.png)'],
    ['a frame', '<iframe src="https://evil.example"></iframe>'],
    ['attributes on a directive', '::task[gone]{onclick=alert(1) style="position:fixed" class=x id=y}'],
    ['attributes on a box', ':::note{onclick=alert(1) style="position:fixed"}\nx\n:::'],
    ['attributes on a picked element', ':::when{cgroup=2 onclick=alert(1) dangerouslySetInnerHTML=x}\nx\n:::'],
    ['an escape from a language name', '```sh" onclick="alert(1)\nx\n```'],
    ['a style', '<style>*{display:none}</style>'],
    ['a form', '<form action="https://evil.example"><input name="password"></form>'],
  ];

  test.each(attacks)('%s does nothing', (_name, body) => {
    const html = render(body).replaceAll(/&[a-z#0-9]+;/g, '');
    expect(html).not.toMatch(/<(script|iframe|style|form|input|bd-)/i);
    expect(html).not.toMatch(/\son[a-z]+=|(href|src)="(javascript|data):|evil\.example"|position:fixed|TASK/i);
  });
});
