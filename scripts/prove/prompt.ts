const escapes = /\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>]/g;

/** What was printed, without the sequences that colour it and move the cursor. */
export function plainText(output: string): string {
  return output.replace(escapes, '').replaceAll('\r', '');
}

/** True when the shell waits for a command: the learner's prompt, or root's, stands at the end. */
export function endsWithPrompt(output: string): boolean {
  return /(?:^|\n)[^\n]*@[^\n]*[$#] $/.test(plainText(output));
}
