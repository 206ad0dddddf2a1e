import http from 'node:http';
import type net from 'node:net';
import type { z } from 'zod';
import { parseBoundedJson } from './json-bounds.ts';

/** The engine answered with an error status. `status` is HTTP's, `message` its own text, cut to 500 characters. */
export class EngineError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'EngineError';
    this.status = status;
  }
}

/** The engine could not be asked, or answered what we do not read: no connection, too slow, too much, not what was promised. */
export class EngineUnreadable extends Error {
  override name = 'EngineUnreadable';
}

export interface EngineBounds {
  /** Longest whole exchange, milliseconds. */
  timeoutMs: number;
  /** Largest answer, bytes. */
  maxBytes: number;
}

export interface EngineRequest extends Partial<EngineBounds> {
  method?: 'GET' | 'POST' | 'DELETE';
  /** With query, e.g. "/containers/json?all=1". */
  path: string;
  body?: unknown;
}

/** A Docker Engine API spoken over connections that the caller makes (and vouches for). */
export interface EngineClient {
  /** The parsed answer. Throws EngineError, EngineUnreadable. */
  json<S extends z.ZodType>(schema: S, request: EngineRequest): Promise<z.output<S>>;
  /** For calls whose answer does not matter. Throws EngineError, EngineUnreadable. */
  send(request: EngineRequest): Promise<void>;
  /** True when `GET /_ping` says OK. Never throws. */
  ping(timeoutMs?: number): Promise<boolean>;
  /** An open-ended answer (events). Ends when `signal` does. Throws like `json`. */
  stream(request: EngineRequest, signal: AbortSignal): Promise<http.IncomingMessage>;
}

const API = '/v1.44';
const ERROR_TEXT = 500;

/**
 * Our own small client: one connection per exchange, no pooling, everything bounded. The same code talks to the
 * sandbox host's own engine and to the untrusted ones inside sandboxes; only `connect` and `bounds` differ.
 */
export function createEngineClient(options: {
  /** Opens a connection; rejects when it cannot or must not be used. */
  connect: () => Promise<net.Socket>;
  bounds: EngineBounds;
}): EngineClient {
  async function open(request: EngineRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    const socket = await abortable(options.connect(), signal, socket => socket.destroy());
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    return new Promise((resolve, reject) => {
      const exchange = http.request({
        createConnection: () => socket,
        host: 'docker',
        method: request.method ?? 'GET',
        path: request.path === '/_ping' ? request.path : API + request.path,
        headers: {
          connection: 'close',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
        signal,
      });
      exchange.on('error', reject);
      exchange.on('response', resolve);
      exchange.end(body);
    });
  }

  async function read(request: EngineRequest): Promise<{ status: number; text: string }> {
    const timeoutMs = request.timeoutMs ?? options.bounds.timeoutMs;
    const maxBytes = request.maxBytes ?? options.bounds.maxBytes;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await open(request, signal);
      return { status: response.statusCode ?? 0, text: await readText(response, maxBytes) };
    } catch (cause) {
      if (cause instanceof EngineUnreadable) throw cause;
      throw new EngineUnreadable(signal.aborted ? `no answer within ${timeoutMs} ms` : describe(cause), { cause });
    }
  }

  async function checked(request: EngineRequest): Promise<string> {
    const { status, text } = await read(request);
    if (status >= 200 && status < 300) return text;
    throw new EngineError(status, errorText(text));
  }

  return {
    async json(schema, request) {
      const text = await checked(request);
      let value: unknown;
      try {
        value = parseBoundedJson(text);
      } catch (cause) {
        throw new EngineUnreadable((cause as Error).message, { cause });
      }
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new EngineUnreadable(`unexpected answer at ${issue?.path.join('.')}: ${issue?.message}`);
    },
    async send(request) {
      await checked(request);
    },
    async ping(timeoutMs) {
      try {
        return (await read({ path: '/_ping', maxBytes: 1024, timeoutMs })).status === 200;
      } catch {
        return false;
      }
    },
    async stream(request, signal) {
      try {
        const response = await open(request, signal);
        if (response.statusCode === 200) return response;
        const text = await readText(response, 4096);
        throw new EngineError(response.statusCode ?? 0, errorText(text));
      } catch (cause) {
        if (cause instanceof EngineError) throw cause;
        throw new EngineUnreadable(describe(cause), { cause });
      }
    },
  };
}

async function readText(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.destroy();
      throw new EngineUnreadable(`answered more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Docker wraps its errors in {"message": …}. */
function errorText(text: string): string {
  try {
    const value = parseBoundedJson(text);
    if (value && typeof value === 'object' && 'message' in value) return String(value.message).slice(0, ERROR_TEXT);
  } catch {
    // Not JSON: its text is all there is.
  }
  return text.slice(0, ERROR_TEXT);
}

function describe(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException)?.code;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was cut';
  return cause instanceof Error ? cause.message : String(cause);
}

/** Waits for a promise no longer than the signal allows; what comes too late is disposed of. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal, dispose: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      promise.then(dispose, () => {});
      reject(new EngineUnreadable('no connection in time'));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
