import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { forCall } from '../log-context.ts';
import { rpcSeconds } from '../metrics/metrics.ts';
import { registry } from '../metrics/registry.ts';
import { isAuthorized } from './bearer.ts';
import { hangUp } from './hang-up.ts';
import { listenOnSocket } from './listen-on-socket.ts';
import type { Readiness } from './readiness.ts';
import type { RpcHandlers } from './rpc-handlers.ts';
import { answerRpc, outcomeLabels } from './rpc-request.ts';

export interface RpcServerOptions {
  handlers: RpcHandlers;
  token: string;
  port: number;
  /** Addresses listened on: loopback and the side the web process comes from, never a sandbox's bridge. */
  addresses: readonly string[];
  /** Path of a unix socket with the same service, for who is on the same machine. */
  socket?: string;
  attachWatch: (socket: WebSocket) => void;
  attachTerminal: (socket: WebSocket, terminalId: string, from: number | null) => void;
  /** Takes over an authorized upgrade that asks for a tunnel into a sandbox; false for any other. */
  attachTunnel?: (request: http.IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Anything but true makes /healthz say 503. */
  isHealthy: () => boolean;
  /** What /readyz says; 503 unless ready. */
  readiness: () => Promise<Readiness>;
  log: Logger;
}

export interface RpcServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A call slower than this is worth a line in the log. */
const SLOW_MS = 1_000;

/** HTTP and WebSocket side of sandboxd. */
export function createRpcServer(options: RpcServerOptions): RpcServer {
  const { log, token } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: terminalLimits.maxClientFrameBytes,
  });

  async function onRequest(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = urlOf(request)?.pathname ?? '';
    if (path === '/healthz') return reply(response, options.isHealthy() ? 200 : 503, { ok: options.isHealthy() });
    if (path === '/readyz') {
      const readiness = await options.readiness();
      return reply(response, readiness.ready ? 200 : 503, readiness);
    }
    if (!isAuthorized(request.headers.authorization, token)) return refuse(response, 401, 'unauthorized');
    if (request.method === 'GET' && path === '/metrics')
      return replyText(response, registry.contentType, await registry.metrics());
    if (request.method !== 'POST' || !path.startsWith('/rpc/')) return refuse(response, 404, 'not-found');
    const method = path.slice('/rpc/'.length);
    const began = performance.now();
    const answer = await answerRpc(options.handlers, method, request);
    const ms = Math.round(performance.now() - began);
    rpcSeconds.observe(outcomeLabels(method, answer), ms / 1000);
    if (answer.status >= 500) log.error({ method, ms, ...answer.about, err: answer.error }, 'call failed');
    else if (ms > SLOW_MS) log.info({ method, ms, ...answer.about, status: answer.status }, 'slow call');
    reply(response, answer.status, answer.body);
  }

  function onUpgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    if (!isAuthorized(request.headers.authorization, token)) {
      cut(socket, '401 Unauthorized');
      return;
    }
    if (options.attachTunnel?.(request, socket, head)) return;
    const url = urlOf(request);
    const terminalId = /^\/terminal\/([a-f0-9]{16})$/.exec(url?.pathname ?? '')?.[1];
    if (!url || (url.pathname !== '/watch' && !terminalId)) {
      cut(socket, '404 Not Found');
      return;
    }
    sockets.handleUpgrade(request, socket, head, accepted => {
      if (terminalId) options.attachTerminal(accepted, terminalId, parseOffset(url.searchParams.get('from')));
      else options.attachWatch(accepted);
    });
  }

  function createServer(): http.Server {
    const server = http.createServer({ requestTimeout: 30_000 }, (request, response) => {
      forCall(request.headers['x-request-id'], () => onRequest(request, response)).catch(error => {
        log.error({ err: error }, 'request broke');
        response.destroy();
      });
    });
    return server.on('upgrade', onUpgrade);
  }

  const servers = options.addresses.map(address => ({ server: createServer(), address }));
  const near = createServer();

  /** Only a shorter way: where it cannot be, everything goes on over TCP. */
  async function startNear(path: string): Promise<void> {
    await listenOnSocket(near, path).then(
      () => log.info({ socket: path }, 'sandboxd listens on a socket'),
      error => log.warn({ socket: path, err: error }, 'no socket here, TCP only'),
    );
  }

  return {
    async start() {
      // First: who has an answer over TCP then knows whether there is a socket.
      if (options.socket) await startNear(options.socket);
      for (const { server, address } of servers) {
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(options.port, address, resolve);
        });
      }
      log.info({ addresses: options.addresses, port: options.port }, 'sandboxd listens');
    },
    async stop() {
      for (const client of sockets.clients) client.close(1001, 'sandboxd stops');
      await Promise.all(
        [near, ...servers.map(({ server }) => server)].map(server => {
          const closed = new Promise<void>(resolve => server.close(() => resolve()));
          server.closeIdleConnections();
          setTimeout(() => server.closeAllConnections(), 1_000).unref();
          return closed;
        }),
      );
    },
  };
}

/** What was asked for; null for what is no address, such as `//`: anybody can ask for that, with no token. */
function urlOf(request: http.IncomingMessage): URL | null {
  return URL.parse(request.url ?? '', 'http://sandboxd');
}

function parseOffset(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function reply(response: http.ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function replyText(response: http.ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function refuse(response: http.ServerResponse, status: number, code: string): void {
  reply(response, status, { error: { code, message: code, learnerMessage: '' } });
}

function cut(socket: Duplex, status: string): void {
  hangUp(socket, `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
