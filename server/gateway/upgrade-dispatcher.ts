import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from '#domain/access/viewer.ts';
import { errorCodeOf, errorTable } from '#domain/protocol/errors.ts';
import { shownPath } from '../http/log-request.ts';
import { forRequest } from '../log-context.ts';
import { openSockets } from '../metrics/metrics.ts';
import { socketKind } from '../metrics/route-kind.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { keepWatch } from './keep-watch.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

export type RouteParams = Record<string, string>;

/** One kind of WebSocket. `authorize` runs before the upgrade and again every `recheckMs`; it throws CodedError. */
export interface UpgradeRoute {
  /** Named groups become the params. Must be anchored. */
  pattern: RegExp;
  authorize(viewer: Viewer, params: RouteParams): Promise<void>;
  open(connection: { viewer: Viewer; params: RouteParams; url: URL; socket: WebSocket }): Promise<void> | void;
}

export interface UpgradeDispatcherOptions {
  routes: UpgradeRoute[];
  viewerFrom(headers: Headers): Promise<Viewer | null>;
  hostAllowed(host: string | undefined): boolean;
  originAllowed(headers: Headers): boolean;
  /** Takes over upgrades for a preview's host name, whatever they ask for; asked before anything else. */
  preview?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** In development, Next's own sockets (`/_next/*`) go to the server that was given to Next. */
  devServer?: Server;
  log: { warn(fields: object, text: string): void };
  pingMs?: number;
  recheckMs?: number;
}

/** The only listener of `upgrade`: host, route, origin, session and permission are checked before a socket is accepted. */
export class UpgradeDispatcher {
  readonly #options: UpgradeDispatcherOptions;
  /** Open sockets, with whose they are. */
  readonly #sockets = new Map<WebSocket, string>();
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: gatewayLimits.maxPayloadBytes,
  });

  constructor(options: UpgradeDispatcherOptions) {
    this.#options = options;
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (this.#options.preview?.(request, socket, head)) return;
      socket.on('error', () => socket.destroy());
      forRequest(() => this.#dispatch(request, socket, head)).catch(error => {
        const code = errorCodeOf(error);
        if (code === 'internal')
          this.#options.log.warn({ err: error, path: shownPath(request.url) }, 'an upgrade failed');
        refuseUpgrade(socket, errorTable[code].http);
      });
    });
  }

  /** Closes every socket; browsers come back by themselves. */
  closeAll(): void {
    for (const socket of this.#sockets.keys()) socket.close(1012, 'restarting');
  }

  async #dispatch(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { devServer, hostAllowed, originAllowed, viewerFrom, routes } = this.#options;
    const warn = this.#options.log.warn.bind(this.#options.log);
    if (!hostAllowed(request.headers.host)) return refuseUpgrade(socket, 421);
    const url = new URL(request.url ?? '/', 'http://host');
    if (devServer && url.pathname.startsWith('/_next/')) {
      devServer.emit('upgrade', request, socket, head);
      return;
    }
    const found = findRoute(routes, url.pathname);
    if (!found) return refuseUpgrade(socket, 404);
    if (!originAllowed(headersOf(request))) return refuseUpgrade(socket, 403);
    const cookie = headersOf(request);
    const viewer = await viewerFrom(cookie);
    if (!viewer) return refuseUpgrade(socket, 401);
    if (this.#countOf(viewer) >= gatewayLimits.maxSocketsPerViewer) return refuseUpgrade(socket, 429);
    const { route, params } = found;
    await route.authorize(viewer, params);
    this.#server.handleUpgrade(request, socket, head, accepted => {
      const recheck = async () => {
        const now = await viewerFrom(cookie);
        if (now?.userId !== viewer.userId) return 'unauthorized' as const;
        await route.authorize(now, params);
        return null;
      };
      const kind = socketKind(url.pathname);
      openSockets.inc({ kind });
      accepted.on('close', () => openSockets.dec({ kind }));
      const { attemptId: attempt, terminalId: terminal } = params;
      const log = { warn: (fields: object, text: string) => warn({ ...fields, attempt, terminal }, text) };
      this.#accept(accepted, viewer.userId, () => route.open({ viewer, params, url, socket: accepted }), recheck, log);
    });
  }

  #countOf(viewer: Viewer): number {
    let count = 0;
    for (const userId of this.#sockets.values()) if (userId === viewer.userId) count += 1;
    return count;
  }

  #accept(
    socket: WebSocket,
    userId: string,
    open: () => Promise<void> | void,
    recheck: () => Promise<'unauthorized' | null>,
    log: UpgradeDispatcherOptions['log'],
  ): void {
    const { pingMs = gatewayLimits.pingMs, recheckMs = gatewayLimits.recheckMs } = this.#options;
    this.#sockets.set(socket, userId);
    const stop = keepWatch(socket, { pingMs, recheckMs, recheck, log });
    socket.on('close', () => {
      stop();
      this.#sockets.delete(socket);
    });
    socket.on('error', error => log.warn({ err: error }, 'a socket broke'));
    Promise.resolve()
      .then(open)
      .catch(error => {
        const code = errorCodeOf(error);
        if (code === 'internal') log.warn({ err: error }, 'a socket could not be opened');
        socket.resume();
        socket.close(errorTable[code].ws, code);
      });
  }
}

function findRoute(routes: UpgradeRoute[], path: string): { route: UpgradeRoute; params: RouteParams } | null {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match) return { route, params: { ...match.groups } };
  }
  return null;
}

/** The headers that decide: what the browser sets, and nothing a script of another site could. */
function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'host', 'sec-fetch-site'] as const) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}
