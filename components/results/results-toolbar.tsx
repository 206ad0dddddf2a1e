'use client';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { type ProgressState, progressStates, progressWords } from './learner-progress.ts';
import type { TableView } from './table-address.ts';

const options = [
  { value: '', label: 'Everybody' },
  ...progressStates.map(state => ({ value: state, label: progressWords[state] })),
];

export interface ResultsToolbarProps {
  view: TableView;
  onChange: (change: Partial<TableView>) => void;
  shown: number;
  all: number;
  /** At the right end. */
  aside?: ReactNode;
}

/** Who is shown in the table. */
export function ResultsToolbar({ view, onChange, shown, all, aside }: ResultsToolbarProps) {
  return (
    <search className="flex flex-wrap items-center gap-3">
      <span className="relative min-w-0 flex-1 basis-56 sm:max-w-72">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <Input
          type="search"
          aria-label="Find by name or email"
          placeholder="Find by name or email"
          value={view.find}
          onChange={event => onChange({ find: event.target.value })}
          className="pl-9"
        />
      </span>
      <Select
        aria-label="Show"
        options={options}
        value={view.progress ?? ''}
        onChange={event => onChange({ progress: (event.target.value || null) as ProgressState | null })}
        className="w-40"
      />
      <span role="status" className="text-muted text-sm tabular-nums">
        {shown === all ? `${all} ${all === 1 ? 'learner' : 'learners'}` : `${shown} of ${all} learners`}
      </span>
      {aside && <span className="ml-auto">{aside}</span>}
    </search>
  );
}
