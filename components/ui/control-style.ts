/** What every box that takes text has in common. 16 px at least on phones, or iOS zooms into it. */
export const controlStyle =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-base sm:text-sm text-ink placeholder:text-faint transition-colors hover:border-ink/60 aria-invalid:border-failed aria-invalid:bg-failed-soft disabled:cursor-not-allowed disabled:bg-well disabled:text-muted [&[readonly]]:bg-well';
