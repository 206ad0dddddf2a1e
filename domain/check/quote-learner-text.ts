import { CHECK_LIMITS } from './check-limits.ts';

/** Control, format (bidi overrides, zero-width, tags), private-use and unpaired characters, line separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', '`': '\\x60' };

function escapeCharacter(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const plainAscii = code >= 0x20 && code < 0x7f;
  if (plainAscii || !UNSEEN.test(character)) return character;
  const hex = code.toString(16).toUpperCase();
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/**
 * Makes text that a learner may have written fit for a sentence: what cannot be seen or would reorder the line is
 * spelled out (`\x1B`, `\u{202E}`), and it is cut after 80 characters with an ellipsis. Backticks are spelled out too,
 * since sentences use them as quotes.
 */
export function quoteLearnerText(text: string): string {
  const { quotedChars } = CHECK_LIMITS;
  let quoted = '';
  let length = 0;
  // A character takes at most two code units: no need to walk a megabyte to keep its head.
  for (const character of text.slice(0, quotedChars * 2 + 2)) {
    const escaped = escapeCharacter(character);
    length += escaped === character ? 1 : escaped.length;
    if (length > quotedChars) return `${quoted}…`;
    quoted += escaped;
  }
  return quoted;
}

/** `text` quoted in backticks. */
export function quoted(text: string): string {
  return `\`${quoteLearnerText(text)}\``;
}
