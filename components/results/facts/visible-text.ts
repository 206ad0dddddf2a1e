/** Control, format (bidi overrides, zero-width), private-use and unpaired characters, line separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Longest text of a fact that is shown, in characters; the rest is cut and said so. */
export const factTextMax = 2_000;

/**
 * A learner's text with everything spelled out that cannot be seen or would reorder the line (`\x1B`, `\u{202E}`), and
 * bounded. Line ends stay in `lines` only.
 */
export function visibleText(text: string, options: { max?: number; lines?: boolean } = {}): string {
  const { max = factTextMax, lines = false } = options;
  const head = text.slice(0, max);
  const shown = head.replace(unseen, character => (lines && character === '\n' ? character : spelled(character)));
  return text.length > max ? `${shown}…` : shown;
}

function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
