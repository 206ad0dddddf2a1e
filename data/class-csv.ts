import type { ClassRow } from '#domain/protocol/live.ts';

/** The class table as CSV (RFC 4180, CRLF, UTF-8 without BOM): one line per learner, three columns per task. */
export function classCsv(rows: ClassRow[], tasks: string[]): string {
  const head = [
    'name',
    'email',
    'last active (UTC)',
    'finished (UTC)',
    'tasks passed',
    ...tasks.flatMap(task => [`${task}: state`, `${task}: last verdict`, `${task}: attempts`]),
  ];
  const lines = rows.map(row => {
    const byTask = new Map(row.cells.map(cell => [cell.task, cell]));
    const passed = row.cells.filter(cell => cell.state !== 'open').length;
    const cells = tasks.flatMap(task => {
      const cell = byTask.get(task);
      return [cell?.state ?? 'open', cell?.outcome ?? '', String(cell?.attempts ?? 0)];
    });
    return [row.name, row.email, time(row.lastActiveAt), time(row.finishedAt), `${passed}`, ...cells];
  });
  return [head, ...lines].map(line => `${line.map(field).join(',')}\r\n`).join('');
}

function time(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

/**
 * A name like "=HYPERLINK(…)" would be a formula to a spreadsheet: an apostrophe in front keeps it text. Also behind a
 * semicolon or a tab: where those part the columns, a cell begins there.
 */
function field(text: string): string {
  const safe = text.replace(/(?<=^|[;\t\r\n])(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g, "'");
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
