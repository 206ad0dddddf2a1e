import Link from 'next/link';
import { StatusIcon } from '#components/ui/status-icon.tsx';
import { verdictLook } from '#components/ui/verdict-look.ts';
import { type ClassCell, cellLook, triesText } from './cell-look.ts';

/** One learner's state in one task; where a look was recorded it leads to the verdict. */
export function ResultsCell({
  cell,
  href,
  about,
}: {
  cell: ClassCell | undefined;
  href: string | null;
  about: string;
}) {
  const look = cellLook(cell);
  const tries = triesText(cell);
  const words = (
    <>
      <StatusIcon state={look} label={null} className="size-4.5" />
      <span className={look === 'open' ? 'text-faint' : 'font-medium'}>{verdictLook[look].label}</span>
      {tries && <span className="text-muted text-xs tabular-nums">{tries}</span>}
    </>
  );
  const style = 'inline-flex items-center gap-1.5 whitespace-nowrap py-1';
  if (!href) return <span className={style}>{words}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      className={`${style} -mx-2 rounded-md px-2 hover:bg-line/60 pointer-coarse:min-h-10`}
    >
      {words}
      <span className="sr-only">: open the verdict, {about}</span>
    </Link>
  );
}
