import net from 'node:net';
import { z } from 'zod';
import { CodedError } from '#domain/protocol/errors.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { sandboxLabel, sandboxName } from '../engine/sandbox-names.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';

const inspectSchema = z.object({
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
  State: z.object({ Running: z.boolean() }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ IPAddress: z.string(), Gateway: z.string() })),
  }),
});

/**
 * The address of a sandbox on its own bridge, as the sandbox host's engine gave it out: never a word of the learner's.
 * Throws `sandbox-ended` for one that does not run or has no such address.
 */
export async function sandboxAddress(docker: EngineClient, record: SandboxRecord): Promise<string> {
  const { id } = record.sandbox;
  if (record.containerId === null) throw new CodedError('sandbox-ended', `sandbox ${id} has no container`);
  const found = await docker.json(inspectSchema, { path: `/containers/${record.containerId}/json` });
  const own = found.NetworkSettings.Networks[sandboxName(id)];
  const address = own?.IPAddress ?? '';
  if (!found.State.Running || found.Config.Labels?.[sandboxLabel] !== id || net.isIPv4(address) === false)
    throw new CodedError('sandbox-ended', `sandbox ${id} has no address`);
  if (address === own?.Gateway) throw new CodedError('sandbox-ended', `the address of sandbox ${id} is our own`);
  return address;
}
