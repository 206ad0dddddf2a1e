import { z } from 'zod';
import { eventSelectorShape } from '../event/event-spec.ts';
import { pathField } from '../file/file-spec.ts';
import { processSelectorShape } from '../process/process-spec.ts';
import { exclusive, nameField } from '../spec-fields.ts';

/** What can be shown of each subject. */
export const SHOWN = {
  process: [
    'pid',
    'ppid',
    'parent',
    'uid',
    'exe',
    'argv',
    'count',
    'startedAt',
    'innerPid',
    'pidns',
    'mntns',
    'netns',
    'utsns',
    'ipcns',
    'userns',
    'cgroupns',
  ],
  container: [
    'id',
    'name',
    'pid',
    'image',
    'imageId',
    'state',
    'exitCode',
    'command',
    'createdAt',
    'startedAt',
    'finishedAt',
    'restartCount',
    'memory',
    'cpus',
    'pidsLimit',
    'runtime',
    'networkMode',
    'restartPolicy',
    'hostPort',
    'count',
  ],
  daemon: ['state', 'pid', 'version', 'apiVersion', 'storageDriver', 'cgroupVersion', 'liveRestore', 'defaultRuntime'],
  image: ['id', 'bytes', 'digest', 'count'],
  event: ['sequence', 'count'],
  cgroup: ['memoryLimit', 'memory', 'cpus', 'pidsLimit', 'pids', 'frozen', 'oomKills'],
  file: ['content', 'bytes', 'mode', 'owner', 'kind'],
} as const;

const processQuery = z.strictObject(processSelectorShape);
const containerQuery = z
  .strictObject({ name: nameField.optional(), of: nameField.optional(), image: nameField.optional() })
  .superRefine(exclusive('name', 'of'));
const daemonQuery = z.strictObject({ service: z.enum(['dockerd', 'containerd']) });
const imageQuery = z.strictObject({ reference: nameField.optional() });
const eventQuery = z.strictObject(eventSelectorShape).superRefine(exclusive('name', 'of'));
const cgroupQuery = z.strictObject({ of: nameField });
const fileQuery = z.strictObject({ path: pathField, of: nameField.optional() });

export type ProcessQuery = z.infer<typeof processQuery>;
export type ContainerQuery = z.infer<typeof containerQuery>;
export type EventQuery = z.infer<typeof eventQuery>;
export type FileQuery = z.infer<typeof fileQuery>;

type Shown<K extends keyof typeof SHOWN> = (typeof SHOWN)[K][number];

/** One value read from the facts: the right answer of a live question, or what a prediction reveals. */
export type FactQuery =
  | { process: ProcessQuery; show: Shown<'process'> }
  | { container: ContainerQuery; show: Shown<'container'> }
  | { daemon: z.infer<typeof daemonQuery>; show: Shown<'daemon'> }
  | { image: z.infer<typeof imageQuery>; show: Shown<'image'> }
  | { event: EventQuery; show: Shown<'event'> }
  | { cgroup: z.infer<typeof cgroupQuery>; show: Shown<'cgroup'> }
  | { file: FileQuery; show: Shown<'file'> };

const shownNames = [...new Set(Object.values(SHOWN).flat())] as [string, ...string[]];

/** Schema of a fact query: exactly one subject, and a `show` that this subject has. */
export const factQuerySchema: z.ZodType<FactQuery> = z
  .strictObject({
    process: processQuery.optional(),
    container: containerQuery.optional(),
    daemon: daemonQuery.optional(),
    image: imageQuery.optional(),
    event: eventQuery.optional(),
    cgroup: cgroupQuery.optional(),
    file: fileQuery.optional(),
    show: z.enum(shownNames),
  })
  .superRefine((query, context) => {
    const subjects = Object.keys(query).filter(key => key in SHOWN) as (keyof typeof SHOWN)[];
    const [subject] = subjects;
    if (subject === undefined || subjects.length > 1) {
      const message = `a question about the sandbox has exactly one of ${Object.keys(SHOWN).join(', ')}`;
      context.addIssue({ code: 'custom', message });
      return;
    }
    const shown: readonly string[] = SHOWN[subject];
    if (!shown.includes(query.show)) {
      context.addIssue({
        code: 'custom',
        path: ['show'],
        message: `of a ${subject} can be shown: ${shown.join(', ')}`,
      });
    }
  }) as unknown as z.ZodType<FactQuery>;
