/**
 * A sentence of a verdict: what stands in backticks is shown as code. A learner's backticks are spelled out before they
 * come into a sentence (domain/check/quote-learner-text.ts), so nobody else can open or close one; all of it is text.
 */
export function QuotedText({ text }: { text: string }) {
  return text.split('`').map((piece, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text is given as a whole, so a piece is its place
      <code key={place} className="rounded-sm border border-line bg-well px-1 py-px">
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}
