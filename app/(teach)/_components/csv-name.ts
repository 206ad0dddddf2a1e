/** Longest part of a file's name that a class or a lab gives. */
const partMax = 60;

/** "results-containers-101-process-tree-2026-11-22.csv": letters, digits and dashes only, whatever a class is called. */
export function csvName(className: string, lab: string, at: number): string {
  const parts = ['results', plain(className), plain(lab), new Date(at).toISOString().slice(0, 10)];
  return `${parts.filter(Boolean).join('-')}.csv`;
}

/** The header that makes the browser save it: the plain name for all, the class as it is written for those who can. */
export function csvDisposition(className: string, lab: string, at: number): string {
  const date = new Date(at).toISOString().slice(0, 10);
  const written = className
    .replace(/[\p{C}/\\:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, partMax);
  const full = encodeURIComponent(`results ${written} ${lab} ${date}.csv`).replace(/['()*]/g, percent);
  return `attachment; filename="${csvName(className, lab, at)}"; filename*=UTF-8''${full}`;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, partMax)
    .replace(/^-+|-+$/g, '');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
