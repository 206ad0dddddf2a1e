/** A piece of a line. */
export type Piece = { kind: 'text' | 'code' | 'strong' | 'em'; text: string };
/** A paragraph, or a fenced block of code. */
export type Block = { kind: 'paragraph'; pieces: Piece[] } | { kind: 'code'; text: string };

const marks = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*/g;

function parsePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    if (found.index > from) pieces.push({ kind: 'text', text: text.slice(from, found.index) });
    const [whole, code, strong, em] = found;
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else if (strong !== undefined) pieces.push({ kind: 'strong', text: strong });
    else pieces.push({ kind: 'em', text: em ?? '' });
    from = found.index + whole.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/**
 * The little Markdown of goals, hints, choices and explanations: paragraphs, `code`, **strong**, *emphasis* and fenced
 * blocks. Small enough for the browser, and it can make nothing but text.
 */
export function parseShortMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  // odd parts stand between two fences
  text.split(/^```[a-z]*[^\n]*$/m).forEach((part, index) => {
    if (index % 2 === 1) {
      blocks.push({ kind: 'code', text: part.replace(/^\n|\n$/g, '') });
      return;
    }
    for (const paragraph of part.split(/\n\s*\n/)) {
      const line = paragraph.trim().replace(/\s*\n\s*/g, ' ');
      if (line !== '') blocks.push({ kind: 'paragraph', pieces: parsePieces(line) });
    }
  });
  return blocks;
}
