import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Db } from '#data/db.ts';
import { isWorthShowing, portText, type SandboxPort } from '#domain/protocol/ports.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { AttemptService } from '../attempts/attempt-service.ts';
import type { Auth } from '../auth/auth.ts';
import { hangUp } from '../http/hang-up.ts';
import { hasSeveralHosts } from '../http/host.ts';
import type { Limits } from '../http/rate-limits.ts';
import type { SandboxdClient } from '../sandboxd-client/sandboxd-client.ts';
import type { Settings } from '../settings.ts';
import { createInUse } from './in-use.ts';
import { createPreviewAccess } from './preview-access.ts';
import { createPasses, previewCookieName } from './preview-cookie.ts';
import { createPreviewEntry, enterPath, type PreviewEntry } from './preview-entry.ts';
import { createGate, isLetIn, type LetIn } from './preview-gate.ts';
import { type PreviewPlace, previewOrigin, readPreviewHost } from './preview-host.ts';
import { type PreviewProblem, problemHeaders, problemPage, problemText } from './preview-page.ts';
import { problemOf, problems } from './preview-problems.ts';
import { createPreviewSandboxes } from './preview-sandboxes.ts';
import { createTickets } from './preview-tickets.ts';
import { isRepeatable, proxyRequest, type Target } from './proxy-request.ts';
import { proxyUpgrade } from './proxy-upgrade.ts';
import { createTunnelAgent } from './tunnel-agent.ts';
import { whileItStarts } from './while-it-starts.ts';

export interface PreviewOptions {
  db: Db;
  settings: Pick<Settings, 'preview' | 'url' | 'secret'>;
  sandboxd: Pick<SandboxdClient, 'call' | 'openTunnel' | 'reachable'>;
  auth: Pick<Auth, 'sessionFrom'>;
  attempts: Pick<AttemptService, 'view'>;
  limits: Pick<Limits, 'take'>;
  log: { warn(fields: object, text: string): void };
}

/** The web preview: ports of sandboxes, each at an origin of its own. */
export interface Preview extends PreviewEntry {
  /** Answers a request for a preview's host name, whatever it asks for; false for any other host. First of all. */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /** The same for upgrades. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  onWatch(message: WatchMessage): void;
  stop(): void;
}

export function createPreview(options: PreviewOptions): Preview {
  const { db, settings, sandboxd, log } = options;
  const { preview: place, secret } = settings;
  const openTunnel: SandboxdClient['openTunnel'] = (id, port) => sandboxd.openTunnel(id, port);
  const sandboxes = createPreviewSandboxes(secret);
  const mayLook = createPreviewAccess(db);
  const inUse = createInUse(log);
  const agent = createTunnelAgent(openTunnel);
  const nameOf = (host: string | undefined) => (place ? readPreviewHost(place, host) : null);
  const cookie = { name: previewCookieName(place?.protocol === 'https'), passes: createPasses(secret) };
  const gate = createGate({ sandboxes, sandboxd, passes: cookie.passes, cookieName: cookie.name, mayLook, nameOf });
  const entry = createPreviewEntry({
    place,
    sandboxes,
    tickets: createTickets(),
    cookie,
    mayLook,
    sessionFrom: headers => options.auth.sessionFrom(headers),
    sandboxOf: async (viewer, attemptId) => (await options.attempts.view(viewer, attemptId)).sandbox,
    countUse: viewer => options.limits.take('preview', viewer.userId),
    appUrl: settings.url,
    log,
  });

  /** What is known to listen, for who found a closed port. */
  async function portsOf(sandboxId: string): Promise<SandboxPort[]> {
    try {
      return await sandboxd.call('sandbox.ports', { sandboxId });
    } catch {
      return [];
    }
  }

  /** Whether a container publishes a closed port: its program may still be starting. */
  async function isPublished({ sandbox, port }: LetIn): Promise<boolean> {
    const ports = await portsOf(sandbox.sandboxId);
    return ports.some(one => one.port === port && one.container !== null && one.reach === 'anywhere');
  }

  async function explain(error: unknown, { sandbox, port }: LetIn): Promise<PreviewProblem> {
    const problem = problemOf(error, port);
    const { sandboxId, attemptId } = sandbox;
    if (problem === problems.broken)
      log.warn({ err: error, sandbox: sandboxId, attempt: attemptId, port }, 'a preview broke');
    if (problem.status !== 502) return problem;
    const ports = (await portsOf(sandboxId)).filter(one => isWorthShowing(one) || one.port === port);
    return problemOf(error, port, ports.map(portText));
  }

  /** Whose preview a request is for, as the log names it; the host's name itself lets people in. */
  function about(request: IncomingMessage): { sandbox?: string; attempt?: string } {
    const name = nameOf(request.headers.host);
    const found = name && name !== 'stray' ? sandboxes.find(name.label) : null;
    return found ? { sandbox: found.sandboxId, attempt: found.attemptId } : {};
  }

  const targetOf = (place: PreviewPlace, { sandbox, label, port }: LetIn): Target => ({
    sandboxId: sandbox.sandboxId,
    port,
    origin: previewOrigin(place, { label, port }),
  });
  const occupying = ({ sandbox, pass }: LetIn, cut: () => void) => ({
    sandboxId: sandbox.sandboxId,
    mayGoOn: () => mayLook.fresh(pass.sessionId, sandbox.attemptId),
    cut,
  });

  function show(request: IncomingMessage, response: ServerResponse, problem: PreviewProblem): void {
    if (response.headersSent) return void response.destroy();
    const html = (request.headers.accept ?? '').includes('text/html');
    response.writeHead(problem.status, { ...problemHeaders(html), connection: 'close' });
    response.end(html ? problemPage(problem, settings.url) : problemText(problem));
  }

  async function answer(place: PreviewPlace, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = nameOf(request.headers.host) ?? 'stray';
    if (name !== 'stray' && request.url?.startsWith(enterPath)) {
      const problem = await entry.enter(request, response, name);
      return problem ? show(request, response, problem) : undefined;
    }
    const found = await gate(request, name);
    if (!isLetIn(found)) return show(request, response, found);
    const leave = inUse.enter(
      'request',
      occupying(found, () => response.destroy()),
    );
    if (!leave) return show(request, response, problems.busy);
    try {
      await whileItStarts(
        () => proxyRequest(agent, request, response, targetOf(place, found)),
        async () => isRepeatable(request) && (await isPublished(found)),
        () => response.destroyed,
      );
    } catch (error) {
      show(request, response, await explain(error, found));
    } finally {
      leave();
    }
  }

  async function join(place: PreviewPlace, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const webSocket = request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
    if (!webSocket) return refuse(socket, problems.notUnderstood);
    const found = await gate(request, nameOf(request.headers.host) ?? 'stray');
    if (!isLetIn(found)) return refuse(socket, found);
    const leave = inUse.enter(
      'socket',
      occupying(found, () => socket.destroy()),
    );
    if (!leave) return refuse(socket, problems.busy);
    try {
      await proxyUpgrade(openTunnel, request, socket, head, targetOf(place, found));
    } catch (error) {
      refuse(socket, await explain(error, found));
    } finally {
      leave();
    }
  }

  return {
    lead: entry.lead,
    onWatch: sandboxes.onWatch,
    request(request, response) {
      if (hasSeveralHosts(request.rawHeaders))
        return refuseHosts(() => show(request, response, problems.notUnderstood));
      if (!place || nameOf(request.headers.host) === null) return false;
      answer(place, request, response).catch(error => {
        log.warn({ err: error, ...about(request) }, 'a preview broke');
        show(request, response, problems.broken);
      });
      return true;
    },
    upgrade(request, socket, head) {
      // Before anything is said: whoever breaks off while it is would else end this process.
      socket.on('error', () => socket.destroy());
      if (hasSeveralHosts(request.rawHeaders)) return refuseHosts(() => refuse(socket, problems.notUnderstood));
      if (!place || nameOf(request.headers.host) === null) return false;
      join(place, request, socket, head).catch(error => {
        log.warn({ err: error, ...about(request) }, 'a preview broke');
        refuse(socket, problems.broken);
      });
      return true;
    },
    stop() {
      inUse.stop();
      agent.destroy();
    },
  };
}

/** Whose request it is must be beyond doubt. */
function refuseHosts(say: () => void): true {
  say();
  return true;
}

function refuse(socket: Duplex, problem: PreviewProblem): void {
  const text = problemText(problem);
  const headers = { ...problemHeaders(false), connection: 'close', 'content-length': Buffer.byteLength(text) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  hangUp(socket, [`HTTP/1.1 ${problem.status} Refused`, ...lines, '', text].join('\r\n'));
}
