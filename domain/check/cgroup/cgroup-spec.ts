import { z } from 'zod';
import { cpusField, limitField, nameField, rangeField, sizeField } from '../spec-fields.ts';

/** Limits and counters of a container's cgroup, at the kernel's side; the same words for cgroup v1 and v2. */
export const cgroupSpecSchema = z
  .strictObject({
    /** Check id or container name. */
    of: nameField,
    memoryLimit: sizeField.optional(),
    cpus: cpusField.optional(),
    pidsLimit: limitField.optional(),
    frozen: z.boolean().optional(),
    oomKills: rangeField.optional(),
    /** Processes in it now. */
    pids: rangeField.optional(),
  })
  .refine(
    spec => Object.keys(spec).length > 1,
    'say what of it: memoryLimit, cpus, pidsLimit, frozen, oomKills or pids',
  );
export type CgroupSpec = z.infer<typeof cgroupSpecSchema>;
