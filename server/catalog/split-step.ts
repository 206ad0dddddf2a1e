/** A step file cut into its two halves; lines are 1-based lines of the file. */
export interface StepText {
  frontMatter: string;
  frontMatterLine: number;
  body: string;
  bodyLine: number;
}

/** Cuts `---` front matter off a Markdown file; null when there is none. */
export function splitStep(text: string): StepText | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  if (lines[0] !== '---') return null;
  const end = lines.indexOf('---', 1);
  if (end === -1) return null;
  return {
    frontMatter: lines.slice(1, end).join('\n'),
    frontMatterLine: 2,
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
