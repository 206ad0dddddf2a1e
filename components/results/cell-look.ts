import type { VerdictState } from '#components/ui/verdict-look.ts';
import type { ClassRow } from '#domain/protocol/live.ts';

export type ClassCell = ClassRow['cells'][number];

/** What a cell shows: the task's state; while it is open, what the last look said. */
export function cellLook(cell: ClassCell | undefined): VerdictState {
  if (!cell) return 'open';
  if (cell.state !== 'open') return cell.state;
  if (cell.outcome === 'unknown') return 'unknown';
  // Every task begins with a failed look: it is "not yet" only once the learner asked for a check.
  return cell.outcome === 'failed' && cell.attempts > 0 ? 'failed' : 'open';
}

/** For sorting, ascending: what needs an instructor's eye stands first, what is done last. */
export function cellRank(cell: ClassCell | undefined): number {
  return cellRanks.indexOf(cellLook(cell));
}

const cellRanks: VerdictState[] = ['failed', 'unknown', 'undone', 'open', 'passed'];

/** "3 tries"; null when nobody asked for a check. */
export function triesText(cell: ClassCell | undefined): string | null {
  if (!cell || cell.attempts === 0) return null;
  return cell.attempts === 1 ? '1 try' : `${cell.attempts} tries`;
}
