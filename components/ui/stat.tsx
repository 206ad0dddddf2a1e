import type { ReactNode } from 'react';

/** One figure of a dashboard: a dl with one pair. */
export function Stat({ label, value, hint }: { label: ReactNode; value: ReactNode; hint?: ReactNode }) {
  return (
    <dl className="min-w-0 rounded-lg border border-line bg-surface px-5 py-4">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="type-display mt-1 text-2xl tabular-nums">{value}</dd>
      {hint && <dd className="mt-1 text-faint text-xs">{hint}</dd>}
    </dl>
  );
}
