import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { FieldPath, Problem, Source } from '#domain/lab/problem.ts';

export interface YamlSource extends Source {
  /** The document as plain data; undefined when it could not be read. */
  value: unknown;
  problems: Problem[];
}

/** Node of the deepest part of a path that exists: for a mapping's entry its key, so that the line is the one the author sees. */
function deepest(root: Node | null, path: FieldPath): Node | null {
  let found = root;
  let node: unknown = root;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      if (isNode(pair.key)) found = pair.key;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (isNode(node)) found = node;
    } else break;
  }
  return found;
}

/** Reads YAML and remembers lines. `firstLine` is the line of the file on which the text begins. */
export function readYaml(file: string, text: string, firstLine = 1): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 0 } as never);
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  const problems = [...document.errors, ...document.warnings].map(error => ({
    file,
    line: lineAt(error.pos[0]),
    field: 'YAML',
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
    remedy: 'Mend the YAML: two spaces of indent, quotes around text with `: ` or ` #` in it.',
  }));
  return {
    file,
    value: problems.length === 0 ? document.toJS({ maxAliasCount: 0 }) : undefined,
    problems,
    lineOf: path => lineAt(deepest(document.contents, path)?.range?.[0] ?? 0),
  };
}
