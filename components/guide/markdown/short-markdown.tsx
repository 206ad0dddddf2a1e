import { type Block, type Piece, parseShortMarkdown } from './parse-short-markdown.ts';

function PieceText({ piece }: { piece: Piece }) {
  if (piece.kind === 'code') {
    return (
      <code className="rounded-sm border border-line bg-well px-1 py-px [overflow-wrap:anywhere]">{piece.text}</code>
    );
  }
  if (piece.kind === 'strong') return <strong>{piece.text}</strong>;
  return piece.kind === 'em' ? <em>{piece.text}</em> : piece.text;
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text is given as a whole, so a piece is its place
  return pieces.map((piece, index) => <PieceText key={index} piece={piece} />);
}

function BlockText({ block }: { block: Block }) {
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Pieces pieces={block.pieces} />
      </p>
    );
  }
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-well px-3 py-2"
    >
      <code>{block.text}</code>
    </pre>
  );
}

/** A goal, hint, explanation: paragraphs and fenced blocks. Works in the browser too. */
export function ShortMarkdown({ text, className }: { text: string; className?: string }) {
  return (
    <div className={className ?? 'space-y-2'}>
      {parseShortMarkdown(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text is given as a whole, so a block is its place
        <BlockText key={index} block={block} />
      ))}
    </div>
  );
}

/** The same within a line (labels, choices, headings): no paragraphs, no blocks. */
export function InlineMarkdown({ text }: { text: string }) {
  return parseShortMarkdown(text).map((block, index) =>
    block.kind === 'paragraph' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text is given as a whole, so a block is its place
      <Pieces key={index} pieces={block.pieces} />
    ) : null,
  );
}
