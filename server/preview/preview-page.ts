/** Why a preview shows a page of ours instead of the sandbox's. */
export interface PreviewProblem {
  status: number;
  /** What happened; what was kept; what to do. */
  title: string;
  kept: string;
  todo: string;
  /** For who wants to know: ports, addresses, the program's own words. One line each. */
  details?: readonly string[];
}

const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#16202c;--muted:#526173;--line:#d9dfe7;--accent:#0b6bcb}
@media (prefers-color-scheme:dark){:root{--bg:#0e141b;--card:#161e28;--ink:#e8edf3;--muted:#9fb0c3;--line:#2a3644;--accent:#6db3ff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--bg);color:var(--ink);
font:1rem/1.55 system-ui,sans-serif}
main{max-width:38rem;width:100%;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
p{margin:0}small{color:var(--muted);font-size:.875rem}
h1{margin:.25rem 0 1.25rem;font-size:1.375rem;line-height:1.3;text-wrap:balance}
dl{margin:0;display:grid;grid-template-columns:auto 1fr;gap:.5rem 1rem}dt{color:var(--muted)}dd{margin:0}
ul{margin:1.25rem 0 0;padding:1rem 0 0;border-top:1px solid var(--line);list-style:none;display:grid;gap:.375rem}
li{font:.875rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
a{display:inline-block;margin-top:1.5rem;color:var(--accent);font-weight:600}
@media (max-width:30rem){main{padding:1.25rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.75rem}}`;

/** A whole page about a problem: no script, nothing from elsewhere. `back`: address of the app. */
export function problemPage({ title, kept, todo, details = [] }: PreviewProblem, back: string): string {
  const list = details.length > 0 ? `<ul>${details.map(line => `<li>${escapeHtml(line)}</li>`).join('')}</ul>` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><p><small>Belowdeck preview</small></p><h1>${escapeHtml(title)}</h1>
<dl><dt>Kept</dt><dd>${escapeHtml(kept)}</dd><dt>To do</dt><dd>${escapeHtml(todo)}</dd></dl>${list}
<p><a href="${escapeHtml(back)}">Back to Belowdeck</a></p></main></body></html>
`;
}

/** The same for programs, pictures and scripts. */
export function problemText({ title, kept, todo, details = [] }: PreviewProblem): string {
  return `${[title, kept, todo, ...details].join('\n')}\n`;
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
