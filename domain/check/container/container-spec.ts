import { z } from 'zod';
import { containerFactSchema } from '#domain/facts/facts.ts';
import { CHECK_LIMITS } from '../check-limits.ts';
import {
  cpusField,
  exclusive,
  flagField,
  limitField,
  nameField,
  rangeField,
  sinceField,
  sizeField,
  textField,
  textsField,
} from '../spec-fields.ts';

const stateField = containerFactSchema.shape.state;

const port = z.number().int().min(1).max(65_535);
const publishedField = z.strictObject({
  container: port,
  protocol: z.enum(['tcp', 'udp', 'sctp']).optional(),
  /** Left out: any port of the host. */
  host: port.optional(),
});

const mountField = z.strictObject({
  destination: textField,
  source: textField.optional(),
  type: z.enum(['bind', 'volume', 'tmpfs']).optional(),
  readOnly: z.boolean().optional(),
});

/** Value wanted, or `true` for "set, whatever to". */
const valuesField = z.record(nameField, z.union([z.string().max(CHECK_LIMITS.textChars), flagField]));

/** A container of the sandbox's dockerd, as `docker inspect` has it. */
export const containerSpecSchema = z
  .strictObject({
    name: nameField.optional(),
    /** Glob: `web-*`. */
    nameMatches: nameField.optional(),
    /** The container another check found. */
    of: nameField.optional(),
    image: nameField.optional(),
    state: z.union([stateField, z.array(stateField).min(1)]).optional(),
    exitCode: z.number().int().min(0).max(255).optional(),
    oomKilled: z.boolean().optional(),
    tty: z.boolean().optional(),
    /** false: created over the API, without the docker CLI. */
    createdByCli: z.boolean().optional(),
    restartCount: rangeField.optional(),
    memory: sizeField.optional(),
    cpus: cpusField.optional(),
    pidsLimit: limitField.optional(),
    runtime: nameField.optional(),
    restartPolicy: nameField.optional(),
    networkMode: nameField.optional(),
    label: valuesField.optional(),
    env: valuesField.optional(),
    published: publishedField.optional(),
    mount: mountField.optional(),
    /** Texts that must occur in the command line. */
    command: textsField.optional(),
    since: sinceField.optional(),
    unchanged: flagField.optional(),
    restarted: flagField.optional(),
    absent: flagField.optional(),
    count: rangeField.optional(),
  })
  .superRefine(exclusive('name', 'nameMatches', 'of'))
  .superRefine(exclusive('absent', 'count', 'unchanged'))
  .superRefine(exclusive('absent', 'restarted'))
  .superRefine(exclusive('since', 'unchanged', 'restarted'));
export type ContainerSpec = z.infer<typeof containerSpecSchema>;
