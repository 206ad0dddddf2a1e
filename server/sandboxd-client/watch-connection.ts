import { WebSocket } from 'ws';
import { type WatchMessage, watchMessageSchema } from '#domain/protocol/watch.ts';
import { clientLimits } from './client-limits.ts';
import type { SandboxdDial } from './dial-sandboxd.ts';

/** What is logged: transitions, not attempts. A pino logger fits. */
export interface WatchLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface WatchConnection {
  readonly reachable: boolean;
  start(): void;
  stop(): void;
}

/** One /watch WebSocket that comes back by itself. */
export function createWatchConnection(options: {
  url: string;
  dial: SandboxdDial;
  headers: () => Record<string, string>;
  log?: WatchLog;
  onMessage: (message: WatchMessage) => void;
  onReachable: (reachable: boolean) => void;
}): WatchConnection {
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | null = null;
  let silence: NodeJS.Timeout | null = null;
  let pause: number = clientLimits.reconnectMinMs;
  let running = false;
  let reachable = false;

  function setReachable(value: boolean, why: string): void {
    if (value === reachable) return;
    reachable = value;
    const { place } = options.dial;
    if (value) options.log?.info({ url: options.url, place }, 'sandboxd is reachable');
    else options.log?.warn({ url: options.url, place, why }, 'sandboxd is unreachable');
    options.onReachable(value);
  }

  /** A peer that vanished without closing is noticed by its silence: sandboxd pings. */
  function heard(): void {
    if (silence) clearTimeout(silence);
    silence = setTimeout(() => socket?.terminate(), clientLimits.watchSilenceMs);
    silence.unref();
  }

  function connect(): void {
    const current = new WebSocket(options.url, {
      ...options.dial.webSocket,
      headers: options.headers(),
      perMessageDeflate: false,
      maxPayload: clientLimits.maxWatchMessageBytes,
      handshakeTimeout: 5_000,
    });
    socket = current;
    let why = 'closed';
    current.on('open', () => {
      pause = clientLimits.reconnectMinMs;
      heard();
    });
    current.on('ping', heard);
    current.on('message', data => {
      heard();
      const parsed = watchMessageSchema.safeParse(parseJson(String(data)));
      if (!parsed.success) return;
      if (parsed.data.type === 'hello') setReachable(true, '');
      options.onMessage(parsed.data);
    });
    current.on('error', error => {
      why = options.dial.explain(error);
    });
    current.on('close', () => {
      if (silence) clearTimeout(silence);
      setReachable(false, why);
      if (!running) return;
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, clientLimits.reconnectMaxMs);
    });
  }

  return {
    get reachable() {
      return reachable;
    },
    start() {
      if (running) return;
      running = true;
      connect();
    },
    stop() {
      running = false;
      if (timer) clearTimeout(timer);
      socket?.terminate();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
