import { z } from 'zod';

/**
 * Facts: what sandboxd observed of one sandbox at one moment. Plain JSON, bounded, no judgement.
 * Every text in here was written by a learner or may have been: it is data, never markup, never a command.
 * All times are epoch milliseconds of the machine that runs sandboxd.
 */

/** Namespace inode numbers as the kernel's `/proc/PID/ns/*` links give them, e.g. "4026532338". */
export const namespacesSchema = z.object({
  cgroup: z.string(),
  ipc: z.string(),
  mnt: z.string(),
  net: z.string(),
  pid: z.string(),
  user: z.string(),
  uts: z.string(),
});
export type Namespaces = z.infer<typeof namespacesSchema>;

export const processFactSchema = z.object({
  /** PID in the sandbox host's PID namespace: the kernel's view, never shown to learners as "the" PID. */
  outerPid: z.number().int(),
  /** PID as the sandbox's own PID namespace has it: what the learner's `ps` prints. */
  pid: z.number().int(),
  /** PID inside the innermost PID namespace of the process (1 for a container's main process). */
  innerPid: z.number().int(),
  /** Parent, as the sandbox sees it; 0 when the parent is outside the sandbox. */
  ppid: z.number().int(),
  /** Start time in clock ticks since boot: together with the PID it names one process for good. */
  startTicks: z.number(),
  /** Start time, epoch milliseconds, good to 10 ms. */
  startedAt: z.number(),
  /** User id inside the sandbox (after undoing the user-namespace shift). */
  uid: z.number().int(),
  state: z.string(),
  /** The kernel's comm field: at most 15 bytes and the learner's to forge. */
  comm: z.string(),
  /** Target of /proc/PID/exe as the kernel tells it; null for a zombie or a kernel thread. */
  exe: z.string().nullable(),
  /** Whether the executable is the very file that the lab image shipped; null when not one of those watched. */
  genuine: z.boolean().nullable(),
  argv: z.array(z.string()),
  /** Id of the learner's container by the kernel's cgroup path; null for processes of the sandbox itself. */
  containerId: z.string().nullable(),
  namespaces: namespacesSchema,
});
export type ProcessFact = z.infer<typeof processFactSchema>;

export const containerFactSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Image reference as the container was created with, e.g. "nginx". */
  image: z.string(),
  imageId: z.string(),
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
  /** Main process as the sandbox sees it; null when not running. */
  pid: z.number().int().nullable(),
  exitCode: z.number().int().nullable(),
  oomKilled: z.boolean(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  restartCount: z.number().int(),
  command: z.array(z.string()),
  tty: z.boolean(),
  /** True when the create request carried the defaults that only the docker CLI fills in. */
  createdByCli: z.boolean(),
  labels: z.record(z.string(), z.string()),
  env: z.array(z.string()),
  memoryBytes: z.number().nullable(),
  cpus: z.number().nullable(),
  pidsLimit: z.number().nullable(),
  runtime: z.string(),
  networkMode: z.string(),
  restartPolicy: z.string(),
  ports: z.array(z.object({ container: z.number().int(), protocol: z.string(), host: z.number().int().nullable() })),
  mounts: z.array(z.object({ type: z.string(), source: z.string(), destination: z.string(), readOnly: z.boolean() })),
});
export type ContainerFact = z.infer<typeof containerFactSchema>;

export const imageFactSchema = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  digests: z.array(z.string()),
  createdAt: z.number(),
  bytes: z.number(),
});
export type ImageFact = z.infer<typeof imageFactSchema>;

/** A process that serves: identity by PID and start, so that "restarted" can be told from "the same one". */
export const serviceFactSchema = z.object({
  /** up: the process runs and answers. down: no such process. silent: it runs but does not answer. */
  state: z.enum(['up', 'down', 'silent']),
  pid: z.number().int().nullable(),
  startTicks: z.number().nullable(),
});
export type ServiceFact = z.infer<typeof serviceFactSchema>;

export const daemonFactSchema = serviceFactSchema.extend({
  version: z.string().nullable(),
  apiVersion: z.string().nullable(),
  storageDriver: z.string().nullable(),
  cgroupVersion: z.enum(['1', '2']).nullable(),
  liveRestore: z.boolean().nullable(),
  defaultRuntime: z.string().nullable(),
  runtimes: z.array(z.string()),
  /** Why it is silent or down, for people: "connection refused", "no process", "answered 3 MB of JSON". */
  reason: z.string().nullable(),
});
export type DaemonFact = z.infer<typeof daemonFactSchema>;

export const eventFactSchema = z.object({
  /** Position in the sandbox's journal; grows by one; survives a dead dockerd. */
  seq: z.number().int(),
  at: z.number(),
  type: z.string(),
  action: z.string(),
  /** Id of the object the event is about. */
  actor: z.string(),
  attributes: z.record(z.string(), z.string()),
});
export type EventFact = z.infer<typeof eventFactSchema>;

export const fileFactSchema = z.object({
  path: z.string(),
  /** Container name whose merged root was read; null for the sandbox's own. */
  container: z.string().nullable(),
  /** refused: present, but of a kind or on a way we do not read (symlink, device, FIFO). */
  kind: z.enum(['file', 'directory', 'socket', 'symlink', 'other', 'absent', 'refused']),
  bytes: z.number().nullable(),
  mode: z.number().int().nullable(),
  uid: z.number().int().nullable(),
  gid: z.number().int().nullable(),
  /** First bytes as UTF-8, control characters kept; null when not a regular file. */
  content: z.string().nullable(),
  truncated: z.boolean(),
});
export type FileFact = z.infer<typeof fileFactSchema>;

/** Limits at the kernel's side, neutral to the cgroup version. null = no limit set. */
export const cgroupFactSchema = z.object({
  containerId: z.string(),
  memoryLimitBytes: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  cpus: z.number().nullable(),
  pidsLimit: z.number().nullable(),
  pids: z.number().nullable(),
  frozen: z.boolean(),
  oomKills: z.number().int(),
});
export type CgroupFact = z.infer<typeof cgroupFactSchema>;

/** A part is null when it was not asked for, or when it could not be seen (then `gaps` says why). */
export const factsSchema = z.object({
  sandboxId: z.string(),
  at: z.number(),
  /** Journal position at that moment. */
  seq: z.number().int(),
  daemon: daemonFactSchema.nullable(),
  containerd: serviceFactSchema.nullable(),
  containers: z.array(containerFactSchema).nullable(),
  images: z.array(imageFactSchema).nullable(),
  processes: z.array(processFactSchema).nullable(),
  events: z.array(eventFactSchema).nullable(),
  files: z.array(fileFactSchema).nullable(),
  cgroups: z.array(cgroupFactSchema).nullable(),
  /** What could not be seen, and why: becomes the reason of an unknown verdict. */
  gaps: z.array(z.object({ part: z.string(), reason: z.string() })),
});
export type Facts = z.infer<typeof factsSchema>;

/** Which facts a check needs. sandboxd gathers the union for the open tasks and no more. */
export const factNeedsSchema = z.object({
  daemon: z.boolean().default(false),
  containers: z.boolean().default(false),
  images: z.boolean().default(false),
  processes: z.boolean().default(false),
  cgroups: z.boolean().default(false),
  /** Journal entries after this position; null = none. */
  eventsAfter: z.number().int().nullable().default(null),
  files: z
    .array(z.object({ path: z.string().max(512), container: z.string().max(128).nullable().default(null) }))
    .max(32)
    .default([]),
});
export type FactNeeds = z.infer<typeof factNeedsSchema>;
