import { sandboxIdSchema } from './sandbox.ts';

/**
 * A byte tunnel to one TCP port of one living sandbox: `GET /forward/<sandboxId>/<port>` on sandboxd with
 * `Upgrade: belowdeck-tcp`. After 101 both ways carry raw bytes, each side may end its half; any other status has the
 * JSON error body of an RPC call. Which address is dialled is sandboxd's business alone.
 */
export const forwardProtocol = 'belowdeck-tcp';

/** Where the tunnel to a port is asked for. */
export function forwardPath(sandboxId: string, port: number): string {
  return `/forward/${sandboxId}/${port}`;
}

/** Reads such a path; null for any other, with anything before, after or between. */
export function parseForwardPath(path: string): { sandboxId: string; port: number } | null {
  const [, sandboxId = '', text = ''] = /^\/forward\/([a-f0-9]{12})\/([1-9]\d{0,4})$/.exec(path) ?? [];
  const port = Number(text);
  return sandboxIdSchema.safeParse(sandboxId).success && isTcpPort(port) ? { sandboxId, port } : null;
}

/** Whether a number is a TCP port that something can listen on. */
export function isTcpPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
