import type { Duplex } from 'node:stream';
import type { RpcInput, RpcMethod, RpcOutput } from '#domain/protocol/rpc.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import { dialSandboxd, type SandboxdDial } from './dial-sandboxd.ts';
import { openTunnel } from './open-tunnel.ts';
import { createRpcCaller } from './rpc-caller.ts';
import { createWatchConnection, type WatchLog } from './watch-connection.ts';

/** The web process's way to sandboxd. Made once by server/main.ts. */
export interface SandboxdClient {
  /**
   * Calls a method of domain/protocol/rpc.ts; input and output are parsed on both ends.
   * Throws CodedError: sandboxd's own code, or `host-unreachable` when it does not answer.
   */
  call<M extends RpcMethod>(method: M, input: RpcInput<M>): Promise<RpcOutput<M>>;
  /** Hears everything /watch says, over reconnects (each begins with `hello`). Returns the way to stop. */
  watch(listener: (message: WatchMessage) => void): () => void;
  /** Hears when sandboxd becomes reachable or unreachable. Returns the way to stop. */
  onReachable(listener: (reachable: boolean) => void): () => void;
  /** Whether /watch is connected right now. */
  readonly reachable: boolean;
  /** Where the gateway's relay connects to for a terminal; send `headers()` along. */
  terminalUrl(terminalId: string, from: number | null): string;
  /** Options of a WebSocket that takes the near way to `terminalUrl`, where there is one. */
  readonly webSocket: SandboxdDial['webSocket'];
  /** A raw connection to a port of a living sandbox. Throws CodedError: `port-closed`, `sandbox-ended`, `host-unreachable`, … */
  openTunnel(sandboxId: string, port: number): Promise<Duplex>;
  /** The header that authenticates the web process. Never hand it to a browser. */
  headers(): Record<string, string>;
  /** Opens /watch; idempotent. */
  start(): void;
  /** Closes everything; idempotent. */
  stop(): void;
}

export interface SandboxdClientOptions {
  /** Base address, e.g. "http://127.0.0.1:49321". */
  url: string;
  /** Unix socket of the same sandboxd: every connection then goes through it. */
  socket?: string | null;
  token: string;
  log?: WatchLog;
  /** Longest wait for an answer, milliseconds. */
  callTimeoutMs?: number;
}

export function createSandboxdClient(options: SandboxdClientOptions): SandboxdClient {
  const base = new URL(options.url);
  const dial = dialSandboxd(base, options.socket);
  const headers = () => ({ authorization: `Bearer ${options.token}` });
  const caller = createRpcCaller({ base, dial, headers, timeoutMs: options.callTimeoutMs });
  const messages = new Set<(message: WatchMessage) => void>();
  const reachables = new Set<(reachable: boolean) => void>();
  const connection = createWatchConnection({
    url: webSocketUrl(base, '/watch'),
    dial,
    headers,
    log: options.log,
    onMessage: message => {
      for (const listener of messages) listener(message);
    },
    onReachable: reachable => {
      for (const listener of reachables) listener(reachable);
    },
  });
  return {
    call: caller.call,
    watch(listener) {
      messages.add(listener);
      return () => messages.delete(listener);
    },
    onReachable(listener) {
      reachables.add(listener);
      return () => reachables.delete(listener);
    },
    get reachable() {
      return connection.reachable;
    },
    terminalUrl(terminalId, from) {
      const query = from === null ? '' : `?from=${from}`;
      return webSocketUrl(base, `/terminal/${encodeURIComponent(terminalId)}${query}`);
    },
    webSocket: dial.webSocket,
    openTunnel: (sandboxId, port) => openTunnel({ base, dial, headers }, sandboxId, port),
    headers,
    start: connection.start,
    stop() {
      connection.stop();
      caller.stop();
    },
  };
}

function webSocketUrl(base: URL, path: string): string {
  const url = new URL(path, base);
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
