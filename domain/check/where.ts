import { quoted } from './quote-learner-text.ts';

/** Where a check looked, as verdicts say it. */
export const WHERE = {
  api: "the sandbox's Docker API",
  processes: "the kernel's process table, seen from outside the sandbox",
  daemon: "the kernel's process table and the sandbox's Docker API",
  events: "the journal of the sandbox's Docker events since this step was opened",
  cgroups: "the kernel's cgroup files, seen from outside the sandbox",
  answers: 'your answers in this lab',
} as const;

/** Where a file check looked. */
export function whereFile(container: string | null): string {
  return container === null ? "the sandbox's file system" : `the file system of container ${quoted(container)}`;
}
