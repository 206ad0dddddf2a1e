import { formatBytes } from '../protocol/byte-units.ts';
import type { FenceAction } from '../protocol/fence.ts';
import type { FenceName } from '../protocol/fence-name.ts';

/** What a fence that acted means to its learner. `next` has commands between backticks. */
export interface FenceStory {
  title: string;
  /** What was measured and what was done about it. */
  happened: string;
  kept: string;
  next: string;
  /** Whether something was refused or ended; else it was only slowed down. */
  hurts: boolean;
}

type Words = Omit<FenceStory, 'happened'> & { happened: (measured: string, limit: string) => string };

const files = 'Your files, containers and progress.';

const words: Record<FenceName, Words> = {
  memory: {
    title: 'Your sandbox ran out of memory',
    happened: (measured, limit) =>
      `It used ${measured} of ${limit}, and the kernel ended a process in it to get some back.`,
    kept: 'Your files and progress. What the ended process held in memory is gone.',
    next: 'Stop what takes most: `ps aux --sort=-rss | head` and `docker stats --no-stream` show it. Files lie in this memory, too.',
    hurts: true,
  },
  'host-memory': {
    title: 'The machine of all sandboxes ran out of memory',
    happened: (measured, limit) =>
      `Your sandbox used up to ${measured} of its ${limit}. The machine had none left, and the kernel ended a process in your sandbox.`,
    kept: 'Your files and progress. What the ended process held in memory is gone.',
    next: 'Start it again. If it happens twice, tell your instructor: the machine is too small for so many sandboxes.',
    hurts: true,
  },
  pids: {
    title: 'Your sandbox is full of processes',
    happened: (measured, limit) => `${measured} of ${limit} processes and threads run, and the kernel refuses more.`,
    kept: files,
    next: 'End what multiplies, such as with `sudo pkill NAME`. If no shell answers any more, reset the sandbox.',
    hurts: true,
  },
  disk: {
    title: 'The disk of your sandbox is full',
    happened: (measured, limit) =>
      `${measured} of ${limit} are used. Writing more fails with “No space left on device”.`,
    kept: 'Everything that is on it, and your progress.',
    next: 'Make room: `docker system df` shows what takes it, `docker system prune` removes what is unused. Logs of containers count.',
    hurts: true,
  },
  inodes: {
    title: 'Your sandbox has as many files as it may',
    happened: (measured, limit) =>
      `${measured} of ${limit} files and folders are there. Making more fails with “No space left on device”.`,
    kept: 'Everything that is there, and your progress.',
    next: 'Remove folders of many small files, or unused images: `docker system prune`.',
    hurts: true,
  },
  cpu: {
    title: 'Your sandbox is busy to its limit',
    happened: (measured, limit) => `It used ${measured} of ${limit} processors for a while, so programs in it wait.`,
    kept: 'Everything. It only runs slower.',
    next: 'Nothing, if that is what you want. `top` shows what is busy.',
    hurts: false,
  },
  cgroups: {
    title: 'Your sandbox made too many control groups',
    happened: (measured, limit) =>
      `There were ${measured}, and ${limit} may be. Further ones are refused or taken away.`,
    kept: 'Your files and progress, and every control group that has a process.',
    next: 'Stop what made them. For some seconds no container starts; a sandbox that goes on making them is ended.',
    hurts: true,
  },
  'cgroup-depth': {
    title: 'Control groups in your sandbox are nested too deep',
    happened: (measured, limit) =>
      `They were ${measured} levels deep, and ${limit} may be. Deeper ones are taken away.`,
    kept: 'Your files and progress, and every control group that has a process.',
    next: 'Stop what made them. For some seconds no container starts; a sandbox that goes on making them is ended.',
    hurts: true,
  },
  'cgroup-rate': {
    title: 'Your sandbox makes control groups too fast',
    happened: (measured, limit) =>
      `${measured} a second were made, and ${limit} may be. For some seconds no more can be made.`,
    kept: 'Your files and progress, and every control group that has a process.',
    next: 'Stop what makes them. For some seconds no container starts; a sandbox that goes on making them is ended.',
    hurts: true,
  },
  terminal: {
    title: 'Your terminal is held back',
    happened: (measured, limit) => `A program wrote ${measured} a second into it. Now ${limit} a second are passed on.`,
    kept: 'Every byte, in order: the program waits for the screen.',
    next: 'Press Ctrl-C to stop it, or send its output to a file: `command > out.txt`.',
    hurts: false,
  },
};

const inBytes = new Set<FenceName>(['memory', 'host-memory', 'disk', 'terminal']);

function unit(fence: FenceName, value: number): string {
  return inBytes.has(fence) ? formatBytes(value) : value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

/** Turns an acting fence into words for its learner. */
export function fenceStory({ fence, measured, limit }: Pick<FenceAction, 'fence' | 'measured' | 'limit'>): FenceStory {
  const { happened, ...rest } = words[fence];
  return { ...rest, happened: happened(unit(fence, measured), unit(fence, limit)) };
}
