import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addUser } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { QueueTicket } from '#domain/protocol/claim.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import { createAttemptService, type RunningAttemptService } from './create-attempt-service.ts';
import { FakeSandboxd } from './testing/fake-sandboxd.ts';
import { seen, twoStepLab } from './testing/sample-attempt.ts';

const lab = twoStepLab();

vi.setConfig({ testTimeout: 60_000 });

const ticketOf = (attemptId: string, position: number): QueueTicket => ({
  attemptId,
  position,
  waiting: 3,
  since: 1,
  basis: 'full',
  turnAt: null,
});

describe('an attempt that waits for a sandbox', () => {
  let test: TestDb;
  let ada: Viewer;
  let sandboxd: FakeSandboxd;
  let service: RunningAttemptService;
  let id: string;
  const messages: AttemptMessage[] = [];
  const build = () =>
    createAttemptService({
      db: test.db,
      sandboxd,
      catalog: { lab: () => lab },
      log: { info: () => undefined, warn: () => undefined },
      now: Date.now,
      onProgress: () => undefined,
    });
  const view = () => service.view(ada, id);
  const queue = (...tickets: QueueTicket[]) => service.registry.onWatch({ type: 'queue', tickets, failed: [] });

  beforeEach(async () => {
    test = await openTestDb();
    ada = await addUser(test.db, 'Ada');
    sandboxd = new FakeSandboxd();
    service = build();
    id = (await service.start(ada, lab.course, lab.slug)).id;
    sandboxd.tickets.set(id, ticketOf(id, 2));
    messages.length = 0;
    await service.subscribe(ada, id, message => messages.push(message));
    expect(await service.startSandbox(ada, id)).toMatchObject({ sandbox: null, ticket: { position: 2 } });
  });
  afterEach(async () => {
    await service.registry.stop();
    await test.close();
  });

  it('tells its page each new place, and takes the sandbox that comes', async () => {
    queue(ticketOf(id, 1));
    await sleep(20);
    expect(messages.at(-1)).toMatchObject({ type: 'sandbox', ticket: { position: 1 }, problem: null });
    const sandbox = sandboxd.give(id);
    service.registry.onWatch({ type: 'sandbox', sandbox });
    queue();
    await vi.waitFor(async () => expect((await view()).sandbox?.id).toBe(sandbox.id));
    expect(await view()).toMatchObject({ ticket: null, problem: null });
    // Not even for a moment is it told that its place was given up: it left the queue because it got its sandbox.
    expect(messages.filter(message => message.type === 'sandbox' && message.problem !== null)).toEqual([]);
    expect((await test.db.attempt.findUniqueOrThrow({ where: { id } })).sandboxId).toBe(sandbox.id);
    expect(sandboxd.calls.filter(call => call.method === 'terminal.open')).toHaveLength(1);
  });

  it('finds its place, or the sandbox that came meanwhile, after a restart of the web process', async () => {
    await service.registry.stop();
    service = build();
    expect((await view()).ticket?.position).toBe(2);
    await service.registry.stop();
    const { id: given } = sandboxd.give(id);
    service = build();
    expect(await view()).toMatchObject({ ticket: null, sandbox: { id: given } });
  });

  it('says why when its start failed, or its place was given up', async () => {
    service.registry.onWatch({
      type: 'queue',
      tickets: [],
      failed: [{ attemptId: id, code: 'sandbox-start-failed' }],
    });
    await sleep(20);
    expect(await view()).toMatchObject({ ticket: null, problem: expect.stringMatching(/^The sandbox did not start/) });
    await service.startSandbox(ada, id);
    expect((await view()).problem).toBeNull();
    sandboxd.tickets.delete(id);
    queue();
    await sleep(20);
    expect((await view()).problem).toMatch(/^Your place in the queue was given up/);
  });

  it('keeps its place when news come that are older than it', async () => {
    queue();
    await sleep(20);
    expect(await view()).toMatchObject({ ticket: { position: 2 }, problem: null });
    expect(messages.filter(message => message.type === 'sandbox' && message.problem !== null)).toEqual([]);
  });

  it('leaves the queue when its learner does, and late news do not bring it back', async () => {
    await service.endSandbox(ada, id);
    queue(ticketOf(id, 2));
    await sleep(20);
    expect(await view()).toMatchObject({ ticket: null, problem: null, sandbox: null });
    expect(sandboxd.tickets.has(id)).toBe(false);
  });

  it('gives back a sandbox that came while its learner finished', async () => {
    const sandbox = sandboxd.give(id);
    sandboxd.tickets.set(id, ticketOf(id, 1));
    await service.finish(ada, id);
    service.registry.onWatch({ type: 'sandbox', sandbox });
    await vi.waitFor(() => expect(sandboxd.sandboxes.get(sandbox.id)?.ended?.reason).toBe('finished'));
    expect((await view()).sandbox).toBeNull();
  });

  it('hears which other lab has the sandbox, and gives it up only when told to', async () => {
    sandboxd.tickets.clear();
    sandboxd.elsewhere = [id];
    const other = await test.db.attempt.create({
      data: { userId: ada.userId, course: 'c', lab: 'other', labHash: lab.hash, step: 'one' },
    });
    expect(await service.startSandbox(ada, other.id)).toMatchObject({
      sandbox: null,
      ticket: null,
      elsewhere: [{ attemptId: id, lab: lab.slug, title: lab.title, running: false }],
    });
    expect((await service.startSandbox(ada, other.id, [id])).sandbox?.state).toBe('ready');
  });
});

describe('a page', () => {
  it('keeps its sandbox awake only while somebody can see it', async () => {
    const test = await openTestDb();
    const ada = await addUser(test.db, 'Ada');
    const sandboxd = new FakeSandboxd();
    sandboxd.facts = seen();
    const service = createAttemptService({
      db: test.db,
      sandboxd,
      catalog: { lab: () => lab },
      log: { info: () => undefined, warn: () => undefined },
      now: Date.now,
      onProgress: () => undefined,
    });
    const { id } = await service.start(ada, lab.course, lab.slug);
    await service.startSandbox(ada, id);
    const page = await service.subscribe(ada, id, () => undefined);
    const touches = () =>
      sandboxd.calls.flatMap(call =>
        call.method === 'sandbox.touch' ? [(call.input as { looking: boolean }).looking] : [],
      );
    await vi.waitFor(() => expect(touches()).toEqual([true]));
    page.visible(false);
    const looks = sandboxd.count('facts.get');
    await sleep(2_500);
    expect(sandboxd.count('facts.get')).toBe(looks);
    page.visible(true);
    await vi.waitFor(() => expect(touches()).toEqual([true, true]));
    await vi.waitFor(() => expect(sandboxd.count('facts.get')).toBeGreaterThan(looks));
    // Asleep: news do not wake it, and it is looked at when it is awake again.
    const [sandbox] = [...sandboxd.sandboxes.values()];
    if (!sandbox) throw new Error('there is no sandbox');
    service.registry.onWatch({ type: 'sandbox', sandbox: { ...sandbox, suspendedAt: 5 } });
    await sleep(200);
    const before = sandboxd.count('facts.get');
    service.registry.onWatch({ type: 'changed', sandboxId: sandbox.id, parts: ['processes'], seq: 3, at: 3 });
    await sleep(2_500);
    expect(sandboxd.count('facts.get')).toBe(before);
    service.registry.onWatch({ type: 'sandbox', sandbox });
    await vi.waitFor(() => expect(sandboxd.count('facts.get')).toBeGreaterThan(before));
    page.stop();
    await service.registry.stop();
    await test.close();
  });
});
