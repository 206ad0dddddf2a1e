import net from 'node:net';

/** How connections to sandboxd are made: to its address, or through a unix socket of the same machine. */
export interface SandboxdDial {
  /** The address, or the socket's path, for messages. */
  readonly place: string;
  /** For the options of `http.request`. */
  readonly http: { socketPath?: string };
  /** For the options of a `WebSocket` of ws, which takes no `socketPath`. */
  readonly webSocket: { createConnection?: typeof net.createConnection };
  /** What to say of a connection that failed; of a socket that is gone also what to do. */
  explain(error: Error): string;
}

/** What connecting to a socket fails with when its file is gone, out of reach, or nobody listens on it. */
const gone = new Set<string | undefined>(['ENOENT', 'ENOTDIR', 'EACCES', 'ECONNREFUSED']);

/** `base` stays the source of paths and of `Host`, whichever way is taken. */
export function dialSandboxd(base: URL, socket: string | null = null): SandboxdDial {
  if (socket === null) return { place: base.host, http: {}, webSocket: {}, explain: error => error.message };
  return {
    place: socket,
    http: { socketPath: socket },
    webSocket: { createConnection: () => net.createConnection(socket) },
    explain: error =>
      gone.has((error as NodeJS.ErrnoException).code)
        ? `${error.message}; if it stays so, end \`npm start\` and start it again`
        : error.message,
  };
}
