import type { Nodes } from 'mdast';
import type { Directives } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { OutlinedDirective, StepOutline } from '#domain/lab/outline.ts';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkDirective);

const kinds = { leafDirective: 'leaf', containerDirective: 'container', textDirective: 'text' } as const;

function toDirective(node: Directives, line: number): OutlinedDirective {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes ?? {}).map(([key, value]) => [key, value ?? '']),
  );
  return {
    kind: kinds[node.type],
    name: node.name,
    label: node.type === 'containerDirective' ? '' : textOf(node),
    attributes,
    line,
  };
}

/** What stands in the Markdown of a step. `firstLine` is the line of the file on which the body begins. */
export function outlineStep(body: string, firstLine = 1): StepOutline {
  const outline: StepOutline = { directives: [], links: [], blocks: [], html: [] };
  visit(parser.parse(body), (node: Nodes) => {
    const line = (node.position?.start.line ?? 1) + firstLine - 1;
    if (node.type === 'leafDirective' || node.type === 'containerDirective' || node.type === 'textDirective') {
      outline.directives.push(toDirective(node, line));
    } else if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      outline.links.push({ kind: node.type === 'image' ? 'image' : 'link', href: node.url, line });
    } else if (node.type === 'code') {
      outline.blocks.push({ language: node.lang ?? '', flags: (node.meta ?? '').split(/\s+/).filter(Boolean), line });
    } else if (node.type === 'html') {
      outline.html.push({ text: node.value, line });
    }
  });
  return outline;
}
