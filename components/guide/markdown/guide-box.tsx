import { BookOpen, Eye, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

const looks: Record<string, { icon: LucideIcon; word: string; box: string; ink: string }> = {
  note: { icon: BookOpen, word: 'Note', box: 'border-info-line bg-info-soft', ink: 'text-info' },
  careful: { icon: TriangleAlert, word: 'Careful', box: 'border-undone-line bg-undone-soft', ink: 'text-undone' },
  truth: { icon: Eye, word: 'What is true', box: 'border-accent-line bg-accent-soft', ink: 'text-accent-ink' },
};

/** `:::note`, `:::careful`, and `:::truth`: what is often told wrongly, and what the learner just saw instead. */
export function GuideBox({ kind, children }: { kind: string; children: ReactNode }) {
  const look = looks[kind];
  if (!look) return <>{children}</>;
  const { icon: Icon, word, box, ink } = look;
  return (
    <aside className={cn('flex min-w-0 gap-3 rounded-lg border p-4 text-sm', box)}>
      <Icon aria-hidden className={cn('mt-0.5 size-5 shrink-0', ink)} />
      <div className="min-w-0 flex-1 space-y-2">
        <p className={cn('font-semibold', ink)}>{word}</p>
        {children}
      </div>
    </aside>
  );
}
