import { z } from 'zod';
import { exclusive, flagField, nameField } from '../spec-fields.ts';

const DOCKERD_ONLY = ['version', 'storageDriver', 'liveRestore', 'runtime', 'defaultRuntime'] as const;

/** dockerd or containerd of the sandbox: whether it runs, whether it is the same one, how it is set. */
export const daemonSpecSchema = z
  .strictObject({
    service: z.enum(['dockerd', 'containerd']),
    running: z.boolean().optional(),
    restarted: flagField.optional(),
    unchanged: flagField.optional(),
    /** Glob: `26.*`. */
    version: nameField.optional(),
    storageDriver: nameField.optional(),
    liveRestore: z.boolean().optional(),
    /** A runtime registered with dockerd. */
    runtime: nameField.optional(),
    defaultRuntime: nameField.optional(),
  })
  .superRefine(exclusive('restarted', 'unchanged'))
  .superRefine((spec, context) => {
    const given = DOCKERD_ONLY.filter(field => spec[field] !== undefined);
    for (const field of given) {
      if (spec.service !== 'dockerd') {
        context.addIssue({ code: 'custom', path: [field], message: 'is a setting of dockerd, not of containerd' });
      }
      if (spec.running === false) {
        context.addIssue({ code: 'custom', path: [field], message: 'cannot be asked of a daemon that is not running' });
      }
    }
    if (spec.running === false && (spec.restarted || spec.unchanged)) {
      context.addIssue({ code: 'custom', path: ['running'], message: 'restarted and unchanged mean that it runs' });
    }
    if (Object.keys(spec).length < 2) {
      context.addIssue({ code: 'custom', message: 'say what of it: running: true, restarted: true, version, …' });
    }
  });
export type DaemonSpec = z.infer<typeof daemonSpecSchema>;
