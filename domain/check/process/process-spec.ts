import { z } from 'zod';
import { namespacesSchema } from '#domain/facts/facts.ts';
import { exclusive, flagField, nameField, rangeField, sinceField, textsField } from '../spec-fields.ts';

const namespaceKind = namespacesSchema.keyof();
export type NamespaceKind = z.infer<typeof namespaceKind>;

const namespacesField = z
  .strictObject({
    /** `sandbox`, or the check or container name to compare with. */
    with: nameField,
    shared: z.array(namespaceKind).min(1).optional(),
    differ: z.array(namespaceKind).min(1).optional(),
  })
  .refine(field => field.shared || field.differ, 'give shared, differ or both');

/** Which processes are meant. */
export const processSelectorShape = {
  /** Base name or absolute path; compared with the kernel's /proc/PID/exe, never with the forgeable name. */
  exe: nameField.optional(),
  /** Each must occur in one of the arguments (forgeable: never the only thing a check relies on). */
  argv: textsField.optional(),
  /** Check id or container name: processes of that container; for a shim, the shim that holds its main process. */
  of: nameField.optional(),
  /** Only the container's main process (PID 1 of its own PID namespace). */
  main: flagField.optional(),
  /** false: only processes of the sandbox itself. */
  inContainer: z.boolean().optional(),
  /** Executable of the parent, or `pid 1`. */
  parent: nameField.optional(),
  /** Executable of any parent up the tree, or `pid 1`. */
  ancestor: nameField.optional(),
  uid: z.number().int().min(0).optional(),
};

/** A process, by the kernel's process table. */
export const processSpecSchema = z
  .strictObject({
    ...processSelectorShape,
    namespaces: namespacesField.optional(),
    since: sinceField.optional(),
    unchanged: flagField.optional(),
    restarted: flagField.optional(),
    absent: flagField.optional(),
    count: rangeField.optional(),
  })
  .superRefine((spec, context) => {
    const selectors = [spec.exe, spec.argv, spec.of, spec.parent, spec.ancestor];
    if (selectors.every(selector => selector === undefined)) {
      context.addIssue({ code: 'custom', message: 'say which process: give exe, argv, of, parent or ancestor' });
    }
  })
  .superRefine(exclusive('absent', 'count', 'unchanged'))
  .superRefine(exclusive('absent', 'restarted'))
  .superRefine(exclusive('since', 'unchanged', 'restarted'));
export type ProcessSpec = z.infer<typeof processSpecSchema>;
