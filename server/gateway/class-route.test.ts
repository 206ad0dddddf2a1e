import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { assignLab } from '#data/assignments.ts';
import { createAttempt } from '#data/attempts.ts';
import { joinClass } from '#data/class-members.ts';
import { createClass, getClass } from '#data/classes.ts';
import { system } from '#data/system.ts';
import { addUser, sampleFacts, sampleLab, sampleVerdict } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import { recordVerdict } from '#data/verdicts.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { ClassMessage } from '#domain/protocol/live.ts';
import { type ClassLive, createClassLive } from './class-route.ts';
import { UpgradeDispatcher } from './upgrade-dispatcher.ts';

const task = { id: 'start', goal: 'Start.', checks: [], hints: [], solution: '', mutants: [] };
const lab = sampleLab({ steps: [{ slug: 'look', title: 'Look', body: '', tasks: [task], questions: [] }] });
const address = { course: lab.course, lab: lab.slug };

let test: TestDb;
let teacher: Viewer;
let ada: Viewer;
let classId: string;
let live: ClassLive;
let server: Server;
let viewers: Map<string, Viewer>;

beforeEach(async () => {
  test = await openTestDb();
  teacher = await addUser(test.db, 'Grace', 'instructor');
  ada = await addUser(test.db, 'Ada');
  viewers = new Map([teacher, ada].map(viewer => [viewer.userId, viewer]));
  classId = (await createClass(test.db, teacher, 'Operating systems')).id;
  const { joinCode } = await getClass(test.db, teacher, classId);
  await joinClass(test.db, ada, joinCode ?? '');
  await assignLab(test.db, teacher, classId, { ...address, dueAt: null });
  live = createClassLive({
    db: test.db,
    catalog: { lab: () => lab },
    log: {
      warn: (fields, text) => {
        throw new Error(`${text} ${JSON.stringify(fields)}`);
      },
    },
    wholeMs: 600,
  });
  server = createServer();
  new UpgradeDispatcher({
    routes: [live.route],
    viewerFrom: async headers => viewers.get(headers.get('cookie') ?? '') ?? null,
    hostAllowed: () => true,
    originAllowed: () => true,
    log: { warn: () => undefined },
  }).attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  await test.close();
});

function watch(viewer: Viewer) {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/class/${classId}/${lab.course}/${lab.slug}`, {
    headers: { cookie: viewer.userId },
  });
  const messages: ClassMessage[] = [];
  socket.on('message', data => messages.push(JSON.parse(String(data))));
  return { socket, messages };
}

it('sends the whole table, then the row of who passed a task, then the whole again', async () => {
  const { socket, messages } = watch(teacher);
  await once(socket, 'message');
  expect(messages[0]).toMatchObject({ whole: true, rows: [{ userId: 'ada', attemptId: null }] });
  const attempt = await createAttempt(test.db, ada, lab);
  await recordVerdict(test.db, system, {
    attemptId: attempt.id,
    verdict: sampleVerdict('passed'),
    facts: sampleFacts(),
    counted: false,
  });
  live.onProgress(attempt);
  live.onProgress(attempt);
  await vi.waitFor(() => expect(messages.filter(one => one.whole)).toHaveLength(2), { timeout: 5_000 });
  // Two reasons close together make one row.
  expect(messages.filter(one => !one.whole)).toMatchObject([
    { rows: [{ userId: 'ada', attemptId: attempt.id, cells: [{ task: 'start', state: 'passed' }] }] },
  ]);
  const closed = once(socket, 'close');
  socket.close();
  await closed;
});

it('is not for learners of the class', async () => {
  const { socket } = watch(ada);
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  expect([403, 404]).toContain(response.statusCode);
});
