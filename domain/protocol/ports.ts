import { z } from 'zod';

/** A TCP port of a sandbox at which something listens, or which a container publishes. */
export const sandboxPortSchema = z.object({
  port: z.number().int().min(1).max(65_535),
  /** anywhere: the preview reaches it. inside: bound to 127.0.0.1 or another inner address, so only the sandbox itself does. */
  reach: z.enum(['anywhere', 'inside']),
  /** The container that publishes it, by the daemon's word; null: a program of the sandbox itself, by the kernel's. */
  container: z.object({ name: z.string(), port: z.number().int() }).nullable(),
});
export type SandboxPort = z.infer<typeof sandboxPortSchema>;

/** A port in words, e.g. "8080 → web:80 (127.0.0.1 only)". */
export function portText({ port, reach, container }: SandboxPort): string {
  const target = container ? ` → ${container.name}:${container.port}` : '';
  return `${port}${target}${reach === 'inside' ? ' (127.0.0.1 only)' : ''}`;
}

/** What a learner made and may want to look at: not the loopback ports of the sandbox's own services. */
export function isWorthShowing({ reach, container }: SandboxPort): boolean {
  return reach === 'anywhere' || container !== null;
}
