import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Settings } from './settings.ts';

export interface NextApp {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * The server Next knows. It never listens: on its first request Next adds an `upgrade` listener to whatever server it
   * was given, which would kill our sockets. In development its own sockets are handed to this one.
   */
  decoy: Server;
  close(): Promise<void>;
}

/** Starts Next inside this process; the runtime must have been set before. */
export async function createNextApp({ dev, settings }: { dev: boolean; settings: Settings }): Promise<NextApp> {
  // Read by React and Next when they are loaded.
  (process.env as Record<string, string>).NODE_ENV = dev ? 'development' : 'production';
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  const { default: next } = await import('next');
  const decoy = createServer();
  const app = next({ dev, dir: process.cwd(), hostname: settings.host, port: settings.port, httpServer: decoy });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle, decoy, close: () => app.close() };
}
