import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAttempt } from '#data/attempts.ts';
import { joinClass, removeMember } from '#data/class-members.ts';
import { createClass, getClass } from '#data/classes.ts';
import { system } from '#data/system.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import { recordVerdict } from '#data/verdicts.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { Lab } from '#domain/lab/lab.ts';
import { type ClassMessage, classMessageSchema } from '#domain/protocol/live.ts';
import { type ClassLive, createClassLive } from './class-route.ts';
import { UpgradeDispatcher } from './upgrade-dispatcher.ts';

const task = { id: 'start', goal: 'Start it.', checks: [], hints: [], solution: '', mutants: [] };
const lab: Lab = sampleLab({
  steps: [{ slug: 'look', title: 'Look', body: '', tasks: [task], questions: [] }],
});

describe('the live class table', () => {
  let test: TestDb;
  let server: Server;
  let live: ClassLive;
  let tess: Viewer;
  let ada: Viewer;
  let bob: Viewer;
  let viewer: Viewer;
  let classId: string;
  let messages: ClassMessage[];

  beforeEach(async () => {
    test = await openTestDb();
    tess = await addUser(test.db, 'Tess', 'instructor');
    ada = await addUser(test.db, 'Ada');
    bob = await addUser(test.db, 'Bob');
    viewer = tess;
    messages = [];
    classId = (await createClass(test.db, tess, 'Containers')).id;
    const { joinCode } = await getClass(test.db, tess, classId);
    for (const learner of [ada, bob]) await joinClass(test.db, learner, joinCode ?? '');
    live = createClassLive({
      db: test.db,
      catalog: { lab: (course, slug) => (course === lab.course && slug === lab.slug ? lab : null) },
      log: { warn: () => undefined },
      wholeMs: 300,
    });
    server = createServer();
    new UpgradeDispatcher({
      routes: [live.route],
      viewerFrom: async () => viewer,
      hostAllowed: () => true,
      originAllowed: () => true,
      log: { warn: () => undefined },
    }).attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  function connect(slug = lab.slug): WebSocket {
    const { port } = server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/class/${classId}/${lab.course}/${slug}`);
    socket.on('message', data => messages.push(classMessageSchema.parse(JSON.parse(String(data)))));
    socket.on('error', () => undefined);
    return socket;
  }

  const until = async (found: () => boolean) => {
    const end = Date.now() + 3_000;
    while (!found() && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 10));
    expect(found()).toBe(true);
  };
  const refusal = (socket: WebSocket) =>
    new Promise<number | undefined>(resolve => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    });

  it('begins with all rows, then sends the row that changed', async () => {
    const socket = connect();
    await until(() => messages.length === 1);
    expect(messages[0]).toMatchObject({ whole: true, rows: [{ name: 'Ada' }, { name: 'Bob' }] });

    const attempt = await createAttempt(test.db, ada, lab);
    await recordVerdict(test.db, system, {
      attemptId: attempt.id,
      verdict: sampleVerdict('passed'),
      facts: sampleFacts(),
      counted: false,
    });
    // Twice, as a verdict and an activity come: one message.
    live.onProgress(attempt);
    live.onProgress(attempt);
    await until(() => messages.some(message => !message.whole));
    const changes = messages.filter(message => !message.whole);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.rows).toMatchObject([
      { userId: ada.userId, cells: [{ task: 'start', state: 'passed', outcome: 'passed' }] },
    ]);
    socket.close();
  });

  it('tells who left by sending the whole table again', async () => {
    const socket = connect();
    await until(() => messages.length === 1);
    await removeMember(test.db, tess, classId, bob.userId);
    await until(() => messages.some(message => message.whole && message.rows.length === 1));
    socket.close();
  });

  it('is for who runs the class only', async () => {
    viewer = ada;
    expect(await refusal(connect())).toBe(403);
    viewer = await addUser(test.db, 'Stranger', 'instructor');
    expect(await refusal(connect())).toBe(404);
  });

  it('knows the labs of the catalog only', async () => {
    expect(await refusal(connect('other-lab'))).toBe(404);
  });
});
