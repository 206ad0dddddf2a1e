import { z } from 'zod';

/** Fences that can act on a running sandbox; the network's are not told, since they only ever refuse. */
export const fenceNameSchema = z.enum([
  'memory', // at its memory limit: the kernel ended processes. Bytes.
  'host-memory', // below its limit, but the machine had no memory left: the kernel ended a process in it. Bytes.
  'pids', // at its limit of processes and threads: a fork was refused
  'disk', // its disk is full: writes were refused. Bytes.
  'inodes', // its disk holds as many files as it may
  'cpu', // held back for most of a while. Processors used on average.
  'cgroups', // as many control groups as it may have: more were refused, or taken away again
  'cgroup-depth', // the same for how deep they are nested; told only where the kernel itself has no such limit
  'cgroup-rate', // they are made and removed too fast: for some seconds no more can be made. Per second.
  'terminal', // its terminals wrote more than is passed on: held back. Bytes per second.
]);
export type FenceName = z.infer<typeof fenceNameSchema>;

/** What a fence that acted measured: told, and kept with its sandbox. */
export const fenceReadingSchema = z.object({
  fence: fenceNameSchema,
  /** What was measured from outside, in the fence's own unit. */
  measured: z.number(),
  limit: z.number(),
  /** When sandboxd noticed, epoch milliseconds. */
  at: z.number(),
});
