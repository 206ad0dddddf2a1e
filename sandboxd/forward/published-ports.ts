import { z } from 'zod';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { boundedText } from '../observer/bounded-text.ts';

const listSchema = z.array(
  z.object({
    Names: z.array(z.string()).nullish(),
    Ports: z
      .array(
        z.object({
          IP: z.string().nullish(),
          PrivatePort: z.number().int(),
          PublicPort: z.number().int().nullish(),
          Type: z.string(),
        }),
      )
      .nullish(),
  }),
);

/** TCP ports that running containers publish, by the word of the sandbox's own daemon. Throws when it does not answer. */
export async function publishedPorts(docker: EngineClient): Promise<SandboxPort[]> {
  const ports: SandboxPort[] = [];
  for (const { Names, Ports } of await docker.json(listSchema, { path: '/containers/json' })) {
    const name = boundedText((Names?.[0] ?? '').replace(/^\//, '')).slice(0, 128);
    for (const { IP, PrivatePort, PublicPort, Type } of Ports ?? []) {
      if (Type !== 'tcp' || !PublicPort || PublicPort < 1 || PublicPort > 65_535) continue;
      const reach = !IP || IP === '0.0.0.0' || IP === '::' ? 'anywhere' : 'inside';
      ports.push({ port: PublicPort, reach, container: { name, port: PrivatePort } });
    }
  }
  return ports;
}
