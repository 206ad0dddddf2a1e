import type { ErrorCode } from '#domain/protocol/errors.ts';
import { errorTable } from '#domain/protocol/errors.ts';
import type { attemptPresence } from '#domain/protocol/live.ts';

/** connecting: not yet. live: what is shown is true now. lost: trying again. refused: trying again is of no use. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'lost' }
  | { state: 'refused'; code: ErrorCode };

export const reconnectTimes = {
  /** A restarted server is back within a second; the first tries are quick. */
  firstMs: 300,
  /** A laptop that wakes up should not wait longer than this. */
  maxMs: 5_000,
} as const;

export interface LiveConnectionOptions {
  url: string;
  onMessage: (json: unknown) => void;
  onState: (connection: Connection) => void;
  /** Tells a refusal from a lost network: a refused upgrade has no code that a page may see. Null: try again. */
  whyRefused: () => Promise<ErrorCode | null>;
  /** Tell the server whether anybody can see the page. */
  tellPresence?: boolean;
  open?: (url: string) => WebSocket;
}

const final = new Set<ErrorCode>(['unauthorized', 'forbidden', 'not-found']);

function finalCode(closeCode: number): ErrorCode | null {
  for (const code of final) if (errorTable[code].ws === closeCode) return code;
  return null;
}

/**
 * Keeps one WebSocket open: comes back by itself with growing pauses, at once when the network or the page comes back.
 * The server begins every connection with the whole state, so nothing is asked for again. Returns the stop function.
 */
export function keepConnected(options: LiveConnectionOptions): () => void {
  const { url, onMessage, onState, whyRefused, open = address => new WebSocket(address) } = options;
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs: number = reconnectTimes.firstMs;
  let stopped = false;

  function connect(): void {
    clearTimeout(timer);
    timer = undefined;
    const current = open(url);
    socket = current;
    let opened = false;
    current.onopen = () => {
      opened = true;
      tell();
    };
    current.onmessage = event => {
      pauseMs = reconnectTimes.firstMs;
      onState({ state: 'live' });
      onMessage(JSON.parse(String(event.data)));
    };
    current.onclose = async event => {
      if (stopped || socket !== current) return;
      onState({ state: 'lost' });
      const code = finalCode(event.code) ?? (opened ? null : await whyRefused());
      if (stopped || socket !== current) return;
      if (code && final.has(code)) return onState({ state: 'refused', code });
      timer = setTimeout(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, reconnectTimes.maxMs);
    };
  }

  /** A sandbox that nobody sees may be put to sleep; it wakes when somebody is back. */
  function tell(): void {
    if (!options.tellPresence || socket?.readyState !== WebSocket.OPEN) return;
    socket.send(document.visibilityState satisfies (typeof attemptPresence)[number]);
  }

  const hurry = () => {
    if (timer !== undefined) connect();
  };
  connect();
  globalThis.addEventListener?.('online', hurry);
  globalThis.addEventListener?.('focus', hurry);
  globalThis.document?.addEventListener('visibilitychange', tell);
  return () => {
    stopped = true;
    clearTimeout(timer);
    globalThis.removeEventListener?.('online', hurry);
    globalThis.removeEventListener?.('focus', hurry);
    globalThis.document?.removeEventListener('visibilitychange', tell);
    socket?.close();
  };
}
