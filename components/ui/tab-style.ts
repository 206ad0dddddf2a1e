/** Tabs within a page and tabs that are links look the same. */
export const tabListStyle = 'flex gap-1 overflow-x-auto border-line border-b [scrollbar-width:none]';

export const tabStyle =
  'relative inline-flex h-10 shrink-0 items-center gap-2 rounded-t-md px-3 text-sm font-semibold text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 disabled:opacity-50 data-[state=active]:text-ink aria-[current=page]:text-ink after:absolute after:inset-x-2 after:-bottom-px after:h-[3px] after:rounded-t-sm data-[state=active]:after:bg-accent aria-[current=page]:after:bg-accent [&_svg]:size-4';
