import type { Element, ElementContent } from 'hast';
import { type Components, toJsxRuntime } from 'hast-util-to-jsx-runtime';
import type { ReactNode } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { linkTarget } from '#domain/lab/check-links.ts';
import { CodeFence } from './code-fence.tsx';
import { GuideBox } from './guide-box.tsx';
import { markdownTree } from './markdown-tree.ts';

export interface StepMarkdownProps {
  /** `Step.body`. */
  body: string;
  /** What stands where `::task[id]` is, by id. */
  tasks: Readonly<Record<string, ReactNode>>;
  /** What stands where `::question[id]` is, by id. */
  questions: Readonly<Record<string, ReactNode>>;
  /** Of the machine the sandbox runs on; null while it is not known: then both texts are shown. */
  cgroupVersion: '1' | '2' | null;
  stepHref(slug: string): string;
  labHref(slug: string): string;
  /** Address of a file of the lab's `assets/`. */
  assetHref(path: string): string;
}

function textIn(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textIn).join('') : '';
}

function property(node: Element | undefined, name: string): string {
  const value = node?.properties[name];
  return typeof value === 'string' ? value : '';
}

function fence(node: Element | undefined): ReactNode {
  const code = node?.children.find(child => child.type === 'element' && child.tagName === 'code');
  if (code?.type !== 'element') return null;
  const [name] = Array.isArray(code.properties.className) ? code.properties.className : [];
  return (
    <CodeFence
      code={textIn(code).replace(/\n$/, '')}
      language={String(name ?? '').replace('language-', '')}
      run={property(code, 'dataRun') === 'true'}
    />
  );
}

function components(props: StepMarkdownProps): Partial<Components> {
  const ours = {
    'bd-slot': ({ node }: { node?: Element }) => {
      const slots = property(node, 'dataKind') === 'task' ? props.tasks : props.questions;
      const id = property(node, 'dataId');
      return Object.hasOwn(slots, id) ? slots[id] : null;
    },
    'bd-box': ({ node, children }: { node?: Element; children?: ReactNode }) => (
      <GuideBox kind={property(node, 'dataKind')}>{children}</GuideBox>
    ),
    'bd-when': ({ node, children }: { node?: Element; children?: ReactNode }) =>
      props.cgroupVersion === null || props.cgroupVersion === property(node, 'dataCgroup') ? children : null,
  };
  return {
    ...(ours as Partial<Components>),
    pre: ({ node }) => fence(node),
    a: ({ href = '', children }) => {
      const target = linkTarget(href);
      if (target.kind === 'step') return <a href={props.stepHref(target.slug)}>{children}</a>;
      if (target.kind === 'lab') return <a href={props.labHref(target.slug)}>{children}</a>;
      if (target.kind === 'asset') return <a href={props.assetHref(target.path)}>{children}</a>;
      if (target.kind === 'anchor') return <a href={href}>{children}</a>;
      if (target.kind === 'nowhere') return <>{children}</>;
      return (
        <a href={target.url} target="_blank" rel="noopener noreferrer">
          {children}
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
      );
    },
    img: ({ src = '', alt = '' }) => {
      const target = linkTarget(typeof src === 'string' ? src : '');
      if (target.kind !== 'asset') return null;
      // biome-ignore lint/performance/noImgElement: a file of the lab, served as it is
      return <img src={props.assetHref(target.path)} alt={alt} className="max-w-full" />;
    },
    table: ({ children }) => (
      <div className="overflow-x-auto">
        <table>{children}</table>
      </div>
    ),
  };
}

/**
 * The text of a step, with the page's own tasks and questions in their places. A server component: the parser and the
 * highlighter stay there; only Copy and Run are hydrated.
 */
export function StepMarkdown(props: StepMarkdownProps) {
  const tree = markdownTree(props.body);
  return (
    <div className="prose">
      {toJsxRuntime(tree, { Fragment, jsx, jsxs, passNode: true, components: components(props) })}
    </div>
  );
}
