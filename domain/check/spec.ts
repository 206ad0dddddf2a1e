import { z } from 'zod';
import { type AnswerSpec, answerSpecSchema } from './answer/answer-spec.ts';
import { type CgroupSpec, cgroupSpecSchema } from './cgroup/cgroup-spec.ts';
import { CHECK_LIMITS } from './check-limits.ts';
import { type ContainerSpec, containerSpecSchema } from './container/container-spec.ts';
import { type DaemonSpec, daemonSpecSchema } from './daemon/daemon-spec.ts';
import { type EventSpec, eventSpecSchema } from './event/event-spec.ts';
import { type FileSpec, fileSpecSchema } from './file/file-spec.ts';
import { type ImageSpec, imageSpecSchema } from './image/image-spec.ts';
import { type ProcessSpec, processSpecSchema } from './process/process-spec.ts';

export type { FactQuery } from './query/query-spec.ts';
export { factQuerySchema } from './query/query-spec.ts';

/** One assertion as a lab author writes it: an object with exactly one key, the kind. */
export type CheckSpec =
  | { container: ContainerSpec }
  | { image: ImageSpec }
  | { process: ProcessSpec }
  | { daemon: DaemonSpec }
  | { event: EventSpec }
  | { file: FileSpec }
  | { cgroup: CgroupSpec }
  | { answer: AnswerSpec }
  | { all: CheckSpec[] }
  | { any: CheckSpec[] }
  | { not: CheckSpec };

const checkSpecObject = z
  .strictObject({
    container: containerSpecSchema.optional(),
    image: imageSpecSchema.optional(),
    process: processSpecSchema.optional(),
    daemon: daemonSpecSchema.optional(),
    event: eventSpecSchema.optional(),
    file: fileSpecSchema.optional(),
    cgroup: cgroupSpecSchema.optional(),
    answer: answerSpecSchema.optional(),
    get all() {
      return z.array(checkSpecSchema).min(1).max(CHECK_LIMITS.listItems).optional();
    },
    get any() {
      return z.array(checkSpecSchema).min(1).max(CHECK_LIMITS.listItems).optional();
    },
    get not() {
      return checkSpecSchema.optional();
    },
  })
  .superRefine((spec, context) => {
    const kinds = Object.keys(spec);
    if (kinds.length === 1) return;
    const said = kinds.length === 0 ? 'is empty' : `names ${kinds.join(' and ')}`;
    context.addIssue({ code: 'custom', message: `a check has exactly one kind; this one ${said} (several: use all)` });
  })
  .meta({ minProperties: 1, maxProperties: 1 });

/**
 * Schema of a check. It does not transform, so that a parsed spec is the JSON the author wrote; unknown keys are
 * errors at their own path.
 */
export const checkSpecSchema: z.ZodType<CheckSpec> = checkSpecObject as unknown as z.ZodType<CheckSpec>;
