import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { isTcpPort } from '#domain/protocol/forward.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { MayLook } from './preview-access.ts';
import type { Passes } from './preview-cookie.ts';
import { type PreviewName, type PreviewPlace, previewOrigin } from './preview-host.ts';
import { previewLimits } from './preview-limits.ts';
import { type PreviewProblem, problemHeaders, problemPage } from './preview-page.ts';
import { entryProblem, problems } from './preview-problems.ts';
import type { PreviewSandboxes } from './preview-sandboxes.ts';
import type { Tickets } from './preview-tickets.ts';

/** Everything below this path of a preview is ours; the sandbox never sees it. */
export const enterPath = '/.belowdeck/';

/** The way from the app, where one is signed in, to a preview, where nothing of that sign-in is sent. */
export interface PreviewEntry {
  /** Sends a browser with a one-time ticket into a port of the attempt's sandbox, or shows why not. Never throws. */
  lead(headers: Headers, wish: PreviewWish): Promise<Response>;
}

export interface PreviewWish {
  attemptId: string;
  /** As it stands in the address. */
  port: string;
  /** Where to begin; null: "/". */
  path: string | null;
}

export interface EntryOptions {
  place: PreviewPlace | null;
  sandboxes: Pick<PreviewSandboxes, 'find' | 'learn'>;
  tickets: Tickets;
  cookie: { name: string; passes: Passes };
  mayLook: MayLook;
  sessionFrom: (headers: Headers) => Promise<{ id: string; viewer: Viewer } | null>;
  /** The sandbox of an attempt, for who may look at it. */
  sandboxOf: (viewer: Viewer, attemptId: string) => Promise<Sandbox | null>;
  countUse: (viewer: Viewer) => Promise<void>;
  /** The app's own address, for the way back. */
  appUrl: string;
  log: { warn(fields: object, text: string): void };
  now?: () => number;
}

export function createPreviewEntry(options: EntryOptions) {
  const { place, sandboxes, tickets, cookie, mayLook, now = Date.now } = options;

  /** The address to send a browser to. Throws CodedError: `unauthorized`, `not-found`, `sandbox-ended`, `preview-off`, … */
  async function open(headers: Headers, { attemptId, port: text, path }: PreviewWish): Promise<string> {
    const site = headers.get('sec-fetch-site');
    // Another site cannot read what comes of it, yet has no business opening previews here.
    if (site !== null && site !== 'same-origin' && site !== 'none')
      throw new CodedError('forbidden', `a preview asked for by a ${site} page`);
    const session = await options.sessionFrom(headers);
    if (!session) throw new CodedError('unauthorized', 'nobody is signed in');
    await options.countUse(session.viewer);
    const sandbox = await options.sandboxOf(session.viewer, attemptId);
    const port = /^[1-9]\d{0,4}$/.test(text) && isTcpPort(Number(text)) ? Number(text) : null;
    if (port === null)
      throw new CodedError('bad-request', `port ${text.slice(0, 16)}`, {
        learnerMessage: 'A port is a number from 1 to 65535. Type one of those.',
      });
    if (!place) throw new CodedError('preview-off', 'BELOWDECK_PREVIEW_HOST is not set');
    const label = sandbox && sandboxes.learn(sandbox);
    if (!label)
      throw new CodedError(
        sandbox ? 'sandbox-ended' : 'sandbox-not-found',
        `attempt ${attemptId} has no living sandbox`,
      );
    const origin = previewOrigin(place, { label, port });
    const ticket = tickets.issue({ label, port, sessionId: session.id, path: ownPath(path, origin) });
    return `${origin}${enterPath}enter?ticket=${ticket}`;
  }

  const lead: PreviewEntry['lead'] = async (headers, wish) => {
    try {
      const location = await open(headers, wish);
      const sent = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
      return new Response(null, { status: 303, headers: sent });
    } catch (error) {
      const problem = entryProblem(error);
      const { attemptId: attempt, port } = wish;
      if (problem === problems.broken) options.log.warn({ err: error, attempt, port }, 'a preview could not be opened');
      return new Response(problemPage(problem, options.appUrl), {
        status: problem.status,
        headers: problemHeaders(true),
      });
    }
  };

  /** Takes a ticket and gives the preview's cookie; the problem to show when it does not. */
  async function enter(
    request: IncomingMessage,
    response: ServerResponse,
    name: Exclude<PreviewName, 'stray'>,
  ): Promise<PreviewProblem | null> {
    const url = URL.parse(request.url ?? '', 'http://preview');
    if (!place || request.method !== 'GET' || url?.pathname !== `${enterPath}enter`) return problems.noSuchName;
    const ticket = tickets.redeem(url.searchParams.get('ticket') ?? '', name);
    if (!ticket) return problems.usedTicket;
    const sandbox = sandboxes.find(name.label);
    if (!sandbox) return problems.gone;
    if (!(await mayLook(ticket.sessionId, sandbox.attemptId))) return problems.notAllowed;
    const pass = cookie.passes.seal({ ...name, sessionId: ticket.sessionId, until: now() + previewLimits.cookieMs });
    const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${previewLimits.cookieMs / 1_000}`;
    response.writeHead(303, {
      location: `${previewOrigin(place, name)}${ticket.path}`,
      'set-cookie': `${cookie.name}=${pass}; ${attributes}${place.protocol === 'https' ? '; Secure' : ''}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    response.end();
    return null;
  }

  return { lead, enter };
}

/** A path of this very origin, "/" for anything else. */
function ownPath(path: string | null, origin: string): string {
  if (!path?.startsWith('/') || path.length > previewLimits.maxPathChars) return '/';
  const url = URL.parse(path, origin);
  return url && url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : '/';
}
