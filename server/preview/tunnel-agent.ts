import http from 'node:http';
import type { Duplex } from 'node:stream';
import { previewLimits } from './preview-limits.ts';

/** Opens a raw connection to a port of a sandbox. */
export type OpenTunnel = (sandboxId: string, port: number) => Promise<Duplex>;

/**
 * Node's own HTTP client over tunnels: `host` is a sandbox's id, so kept-alive connections are apart by sandbox and
 * port. Parsing and framing stay with Node on both sides; nothing of a request is passed on unparsed.
 */
export function createTunnelAgent(openTunnel: OpenTunnel): http.Agent {
  const agent = new http.Agent({
    keepAlive: true,
    maxSockets: previewLimits.requestsPerSandbox,
    maxFreeSockets: previewLimits.idleConnections,
    timeout: previewLimits.idleConnectionMs,
  });
  agent.createConnection = (options, done) => {
    openTunnel(String(options.host), Number(options.port)).then(
      socket => done?.(null, socket),
      // Node's types want a stream beside the error; its code looks at the error alone.
      error => (done as ((error: Error) => void) | undefined)?.(error),
    );
    return undefined;
  };
  return agent;
}
