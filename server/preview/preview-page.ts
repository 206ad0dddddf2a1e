/** Why a preview shows a page of ours instead of the sandbox's. */
export interface PreviewProblem {
  status: number;
  /** What happened; what was kept; what to do. */
  title: string;
  kept: string;
  todo: string;
  /** For who wants to know more, one line each. */
  details?: { title: string; lines: readonly string[] };
}

const style = `
:root{color-scheme:light dark;--bg:#f4f6f9;--card:#fff;--ink:#0d1b2d;--muted:#4a5a6d;--line:#d5dde6;--accent:#795300}
@media (prefers-color-scheme:dark){:root{--bg:#0c131c;--card:#121d2a;--ink:#e9eef4;--muted:#a3b3c5;--line:#24354a;--accent:#f7c640}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--bg);color:var(--ink);
font:1rem/1.55 system-ui,sans-serif}
main{max-width:38rem;width:100%;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
p{margin:0}small{color:var(--muted);font-size:.875rem}
h1{margin:.25rem 0 1.25rem;font-size:1.375rem;line-height:1.3;text-wrap:balance}
dl{margin:0;display:grid;grid-template-columns:auto 1fr;gap:.5rem 1rem}dt{color:var(--muted)}dd{margin:0}
h2{margin:1.25rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem;font-weight:400;color:var(--muted)}
ul{margin:0;padding:0;list-style:none;display:grid;gap:.375rem}
li{font:.875rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
a{display:inline-block;margin-top:1.5rem;color:var(--accent);font-weight:600}
@media (max-width:30rem){main{padding:1.25rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.75rem}}`;

/** A whole page about a problem: no script, nothing from elsewhere. `back`: address of the app. */
export function problemPage({ title, kept, todo, details }: PreviewProblem, back: string): string {
  const lines = details?.lines.map(line => `<li>${escapeHtml(line)}</li>`).join('');
  const list = lines ? `<h2>${escapeHtml(details?.title ?? '')}</h2><ul>${lines}</ul>` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><p><small>Belowdeck preview</small></p><h1>${escapeHtml(title)}</h1>
<dl><dt>Kept</dt><dd>${escapeHtml(kept)}</dd><dt>To do</dt><dd>${escapeHtml(todo)}</dd></dl>${list}
<p><a href="${escapeHtml(back)}">Back to Belowdeck</a></p></main></body></html>
`;
}

/** The same for programs, pictures and scripts. */
export function problemText({ title, kept, todo, details }: PreviewProblem): string {
  return `${[title, kept, todo, ...(details?.lines ?? [])].join('\n')}\n`;
}

/** Headers of such an answer. */
export function problemHeaders(html: boolean): Record<string, string> {
  return {
    'content-type': html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}
