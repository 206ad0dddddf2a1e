import type { Node, Nodes, Root } from 'mdast';
import type {} from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';

/** Elements that stand for our directives between Markdown and React. Authors cannot write them: raw HTML is not read. */
export const directiveTags = { slot: 'bd-slot', box: 'bd-box', when: 'bd-when' } as const;

const boxes = new Set(['note', 'careful', 'truth']);

function become(node: Node, tag: string, properties: Record<string, string>): void {
  node.data = { ...node.data, hName: tag, hProperties: properties } as Node['data'];
}

/** remark plugin: directives become elements of their own; what is none of ours becomes the text that it was. */
export function directiveElements() {
  return (tree: Root): void => {
    visit(tree, (node: Nodes, index, parent) => {
      if (node.type === 'code') {
        const flags = (node.meta ?? '').split(/\s+/);
        if (flags.includes('run')) node.data = { ...node.data, hProperties: { dataRun: 'true' } };
      } else if (node.type === 'leafDirective' && (node.name === 'task' || node.name === 'question')) {
        become(node, directiveTags.slot, { dataKind: node.name, dataId: textOf(node) });
        node.children = [];
      } else if (node.type === 'containerDirective' && boxes.has(node.name)) {
        become(node, directiveTags.box, { dataKind: node.name });
      } else if (node.type === 'containerDirective' && node.name === 'when') {
        become(node, directiveTags.when, { dataCgroup: node.attributes?.cgroup ?? '' });
      } else if (node.type === 'textDirective' && parent && index !== undefined) {
        const text = textOf(node);
        parent.children[index] = { type: 'text', value: `:${node.name}${text === '' ? '' : `[${text}]`}` };
        return SKIP;
      }
      return undefined;
    });
  };
}
