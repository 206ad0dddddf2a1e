/** What the guest's answer ends with. */
const LAST = /\n\[exit (\d+)\]\s*$/;

/** A command as the guest takes it: one line, before its input. */
export function wrapCommand(command: string): string {
  return `${Buffer.from(command).toString('base64')}\n`;
}

/** Splits the exit code from the end of an answer; null when the answer was cut off. */
export function unwrapAnswer(text: string): { code: number; output: string } | null {
  const match = LAST.exec(text);
  return match ? { code: Number(match[1]), output: text.slice(0, match.index) } : null;
}

/** A word that bash takes as it is. */
export const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
