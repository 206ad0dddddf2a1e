/** Clears what stands half-typed on the line; known to the shell and to the kernel's line editing. */
const KILL_LINE = '\x15';

/**
 * A command as keystrokes: the line is cleared, the text pasted (bracketed where the shell asks for it, so that lines of a
 * script are not run one by one by accident), Enter pressed. Control characters of the text do not get through.
 */
export function typedCommand(text: string, bracketed: boolean): string {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
  if (bracketed && clean.includes('\n')) return `${KILL_LINE}\x1b[200~${clean.replaceAll('\n', '\r')}\x1b[201~\r`;
  return `${KILL_LINE}${clean.replaceAll('\n', '\r')}\r`;
}
