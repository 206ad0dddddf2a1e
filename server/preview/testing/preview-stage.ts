import http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { createAttempt, getAttempt } from '#data/attempts.ts';
import { addUser, sampleLab } from '#data/testing/samples.ts';
import { openTestDb } from '#data/testing/test-db.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { lostSandbox } from '../../attempts/lost-sandbox.ts';
import { createLimits } from '../../http/rate-limits.ts';
import { createPreview, type Preview } from '../preview.ts';
import type { PreviewPlace } from '../preview-host.ts';
import { type Ask, requestHost } from './request-host.ts';

/** Programs "in a sandbox": what they listen on here stands for the ports there. */
export type Inside = Map<number, http.Server | net.Server>;

/**
 * A web server with previews as main.ts has it, a real database, and in place of sandboxd a map of ports to servers of
 * the test's own. Whatever is no preview's answers "the app". `place`: where previews live, by default *.localhost.
 */
export async function previewStage(place?: PreviewPlace | null) {
  const test = await openTestDb();
  const inside: Inside = new Map();
  const inner: SandboxPort = { port: 8080, reach: 'inside', container: { name: 'web', port: 80 } };
  const sandboxd = { reachable: true, ended: false, ports: [inner] };
  const logged: object[] = [];
  const raw = http.createServer();
  await new Promise<void>(done => raw.listen(0, '127.0.0.1', done));
  const { port } = raw.address() as net.AddressInfo;

  const people: Record<string, { viewer: Viewer; session: string; attempt: string; sandbox: Sandbox }> = {};
  for (const [at, name] of ['Ada', 'Bob'].entries()) {
    const viewer = await addUser(test.db, name);
    const attempt = await createAttempt(test.db, viewer, sampleLab());
    const session = `session-${name}`;
    const until = new Date(Date.now() + 60_000);
    await test.db.session.create({ data: { id: session, token: session, userId: viewer.userId, expiresAt: until } });
    const lost = lostSandbox(`00000000000${at}`, attempt.id, null, 1);
    people[name] = { viewer, session, attempt: attempt.id, sandbox: { ...lost, state: 'ready', ended: null } };
  }
  const personOf = (name: string) => {
    const found = people[name];
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };

  const preview: Preview = createPreview({
    db: test.db,
    settings: {
      preview: place === undefined ? { protocol: 'http', hostname: 'localhost', port: String(port) } : place,
      url: `http://localhost:${port}`,
      secret: 'a secret of the tests',
    },
    sandboxd: {
      get reachable() {
        return sandboxd.reachable;
      },
      call: (async () => sandboxd.ports) as never,
      openTunnel: (_id, wanted) =>
        new Promise<Duplex>((resolve, reject) => {
          if (sandboxd.ended) return reject(new CodedError('sandbox-ended', 'ended'));
          const server = inside.get(wanted);
          if (!server) return reject(new CodedError('port-closed', `port ${wanted}`));
          const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1', () => resolve(socket));
          socket.on('error', () => {});
        }),
    },
    auth: {
      // The app's session cookie, as simple as can be.
      sessionFrom: async headers => {
        const who = Object.values(people).find(one => headers.get('cookie') === `belowdeck.session=${one.session}`);
        return who ? { id: who.session, viewer: who.viewer } : null;
      },
    },
    attempts: {
      view: async (viewer, id) => {
        await getAttempt(test.db, viewer, id);
        const sandbox = Object.values(people).find(one => one.attempt === id)?.sandbox ?? null;
        return { sandbox } as AttemptView;
      },
    },
    limits: createLimits(),
    log: { warn: fields => void logged.push(fields) },
  });
  raw.on('request', (request, response) => {
    if (preview.request(request, response)) return;
    response.end('the app');
  });
  raw.on('upgrade', (request, socket, head) => {
    if (!preview.upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });

  const ask = (url: string, how?: Ask) => requestHost(port, url, how);

  /** The way from the app: where it leads, and with which cookie one is let in. */
  async function lead(name: string, wanted: number, path: string | null = null, cookieOf = name) {
    const headers = new Headers({ cookie: `belowdeck.session=${personOf(cookieOf).session}` });
    const answer = await preview.lead(headers, { attemptId: personOf(name).attempt, port: String(wanted), path });
    return { status: answer.status, location: answer.headers.get('location') ?? '', page: await answer.text() };
  }
  async function enter(name: string, wanted: number, path: string | null = null) {
    const { location } = await lead(name, wanted, path);
    const answer = await ask(location);
    const cookie = String(answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    return { origin: new URL(location).origin, location: answer.headers.location ?? '', cookie, answer };
  }

  return {
    db: test.db,
    port,
    preview,
    inside,
    sandboxd,
    logged,
    personOf,
    ask,
    lead,
    enter,
    /** Puts a program behind a port of every sandbox. */
    async listen(wanted: number, server: http.Server | net.Server) {
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      inside.set(wanted, server);
    },
    async close() {
      preview.stop();
      raw.closeAllConnections();
      for (const server of inside.values()) {
        if (server instanceof http.Server) server.closeAllConnections();
        server.close();
      }
      await new Promise(done => raw.close(done));
      await test.close();
    },
  };
}

export type PreviewStage = Awaited<ReturnType<typeof previewStage>>;
