/** Deepest nesting taken from a Docker API; real answers stay below 12. */
export const maxJsonDepth = 64;

/** Thrown when a peer's JSON is not one we read: too deep, or no JSON at all. */
export class UnreadableJson extends Error {}

/**
 * Parses JSON of an untrusted peer. The nesting is counted on the text first, so that nothing recursive ever meets
 * a 10,000-deep value. The caller has bounded the length already. Throws UnreadableJson.
 */
export function parseBoundedJson(text: string): unknown {
  if (jsonDepth(text) > maxJsonDepth)
    throw new UnreadableJson(`JSON nested deeper than ${maxJsonDepth} levels (${text.length} characters)`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableJson(`not JSON (${text.length} characters)`, { cause });
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

/** Greatest nesting depth of a JSON text, brackets in strings not counted. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (OPEN.has(code)) deepest = Math.max(deepest, ++depth);
    else if (CLOSE.has(code)) depth--;
  }
  return deepest;
}
