import type { ReactNode } from 'react';
import { Disclosure } from '#components/ui/disclosure.tsx';

/** One part of the facts, closed until asked for. */
export function FactSection(props: {
  title: string;
  count?: number;
  limit?: number;
  open?: boolean;
  children: ReactNode;
}) {
  const { title, count, limit = Number.POSITIVE_INFINITY, open, children } = props;
  return (
    <Disclosure
      boxed
      open={open}
      title={title}
      aside={count !== undefined && <span className="font-normal text-muted text-sm tabular-nums">{count}</span>}
    >
      {count === 0 ? <p className="text-muted text-sm">There was none.</p> : children}
      {count !== undefined && count > limit && <p className="mt-3 text-muted text-sm">The first {limit} are shown.</p>}
    </Disclosure>
  );
}
