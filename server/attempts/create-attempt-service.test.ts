import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addUser } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import { createAttemptService, type RunningAttemptService } from './create-attempt-service.ts';
import { FakeSandboxd } from './testing/fake-sandboxd.ts';
import { container, seen, twoStepLab, unseen } from './testing/sample-attempt.ts';

const lab = twoStepLab();

describe('the attempt service', () => {
  let test: TestDb;
  let ada: Viewer;
  let sandboxd: FakeSandboxd;
  let service: RunningAttemptService;
  let id: string;
  let messages: AttemptMessage[];
  const progress: string[] = [];

  const build = () =>
    createAttemptService({
      db: test.db,
      sandboxd,
      catalog: { lab: (course, slug) => (course === lab.course && slug === lab.slug ? lab : null) },
      log: {
        info: () => undefined,
        warn: (fields, text) => {
          throw new Error(`${text}: ${JSON.stringify(fields)}`);
        },
      },
      now: Date.now,
      onProgress: attempt => progress.push(attempt.id),
    });

  const taskOf = async (task: string) => (await service.view(ada, id)).tasks.find(one => one.task === task);
  const questionOf = async (question: string) =>
    (await service.view(ada, id)).questions.find(one => one.question === question);
  const sandboxId = async () => (await service.view(ada, id)).sandbox?.id ?? '';

  /** Waits until nothing has happened any more for longer than the debounce, on a busy machine too. */
  const settled = async () => {
    const state = async () =>
      JSON.stringify([await service.view(ada, id), sandboxd.calls.length, messages.length, progress.length]);
    let before = '';
    for (let now = await state(); now !== before; now = await state()) {
      before = now;
      await sleep(150);
    }
  };

  /** Something changed in the sandbox, as /watch says it; the look comes after the debounce. */
  const change = async (facts: FakeSandboxd['facts']) => {
    sandboxd.facts = facts;
    service.registry.onWatch({ type: 'changed', sandboxId: await sandboxId(), parts: ['containers'], seq: 2, at: 2 });
    await settled();
  };

  beforeEach(async () => {
    test = await openTestDb();
    ada = await addUser(test.db, 'Ada');
    sandboxd = new FakeSandboxd();
    sandboxd.facts = seen();
    service = build();
    id = (await service.start(ada, lab.course, lab.slug)).id;
    await service.startSandbox(ada, id);
    messages = [];
    await settled();
    progress.length = 0;
  });

  afterEach(async () => {
    await service.registry.stop();
    await test.close();
  });

  it('turns a task green by itself, tells the page and keeps the verdict with its facts', async () => {
    const page = await service.subscribe(ada, id, message => messages.push(message));
    await change(seen(container('web')));
    expect(messages.slice(0, 2).map(one => one.type)).toEqual(['attempt', 'sandbox']);
    expect(messages.filter(one => one.type === 'task').at(-1)).toMatchObject({
      task: { task: 'run-web', state: 'passed' },
    });
    const [record] = await test.db.verdictRecord.findMany({ where: { attemptId: id, outcome: 'passed' } });
    expect(record?.facts).toMatchObject({ containers: [{ name: 'web' }] });
    expect(progress).toContain(id);
    page.stop();
  });

  it('shows done, then undone, then done again', async () => {
    await change(seen(container('web')));
    const passedAt = (await taskOf('run-web'))?.passedAt;
    await change(seen());
    expect(await taskOf('run-web')).toMatchObject({ state: 'undone', passedAt });
    await change(seen(container('web')));
    expect(await taskOf('run-web')).toMatchObject({ state: 'passed', passedAt });
  });

  it('takes nothing back when the sandbox cannot be seen', async () => {
    await change(seen(container('web')));
    await change(unseen());
    expect(await taskOf('run-web')).toMatchObject({ state: 'passed', verdict: { outcome: 'passed' } });
    const asked = await service.checkTask(ada, id, 'run-web');
    expect(asked).toMatchObject({ state: 'passed', verdict: { outcome: 'unknown' }, attempts: 0 });
  });

  it('looks again for what changed during a look, and never at the same time', async () => {
    let release = () => undefined as undefined;
    let atOnce = 0;
    let most = 0;
    sandboxd.beforeFacts = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise<void>(resolve => {
        release = () => {
          resolve();
          return undefined;
        };
      });
      atOnce -= 1;
    };
    await change(seen());
    const looks = sandboxd.count('facts.get');
    await change(seen(container('web')));
    expect(sandboxd.count('facts.get')).toBe(looks);
    release();
    await vi.waitFor(() => expect(sandboxd.count('facts.get')).toBe(looks + 1), 5_000);
    sandboxd.beforeFacts = async () => undefined;
    release();
    await vi.waitFor(async () => expect((await taskOf('run-web'))?.state).toBe('passed'), 5_000);
    expect(most).toBe(1);
  });

  it('counts "Check now" only when it failed', async () => {
    expect(await service.checkTask(ada, id, 'run-web')).toMatchObject({ attempts: 1, verdict: { outcome: 'failed' } });
    sandboxd.facts = seen(container('web'));
    expect(await service.checkTask(ada, id, 'run-web')).toMatchObject({ attempts: 1, state: 'passed' });
  });

  it('keeps a prediction unjudged until its task passes, then shows what the sandbox showed', async () => {
    expect(await service.answer(ada, id, 'guess', [1])).toMatchObject({ correct: null, why: null, revealed: null });
    await expect(service.answer(ada, id, 'guess', [0])).rejects.toMatchObject({ code: 'conflict' });
    await change(seen(container('web')));
    expect(await questionOf('guess')).toMatchObject({
      value: [1],
      correct: false,
      revealed: 'running',
      why: 'because',
    });
  });

  it('reveals a prediction at once that comes after its task', async () => {
    await change(seen(container('web')));
    expect(await service.answer(ada, id, 'guess', [0])).toMatchObject({ correct: true, revealed: 'running' });
  });

  it('judges a live answer by the sandbox at that moment', async () => {
    await change(seen(container('web', { pid: 77 })));
    expect(await service.answer(ada, id, 'web-pid', '412')).toMatchObject({ correct: false, tries: 1, why: null });
    expect(await service.answer(ada, id, 'web-pid', '77')).toMatchObject({ correct: true, tries: 2, why: 'because' });
    sandboxd.facts = unseen();
    expect(await service.answer(ada, id, 'web-pid', '77')).toMatchObject({ correct: null });
  });

  it('keeps everything over a restart, and takes up the sandbox from the first news of it', async () => {
    await service.answer(ada, id, 'guess', [0]);
    await service.openHint(ada, id, 'run-web');
    const sandbox = await sandboxId();
    await service.registry.stop();
    service = build();
    service.registry.onWatch({ type: 'hello', at: 1, sandboxes: [...sandboxd.sandboxes.values()] });
    sandboxd.facts = seen(container('web'));
    service.registry.onWatch({ type: 'changed', sandboxId: sandbox, parts: ['containers'], seq: 2, at: 2 });
    await settled();
    const view = await service.view(ada, id);
    expect(view.sandbox?.id).toBe(sandbox);
    expect(view.tasks[0]).toMatchObject({ state: 'passed', hintsOpened: 1 });
    expect(view.questions[0]).toMatchObject({ value: [0], correct: true, revealed: 'running' });
    expect(await service.opened(ada, id)).toMatchObject({ 'run-web': { hints: ['first hint'], solution: null } });
  });

  it('says that the host lost a sandbox which sandboxd no longer knows', async () => {
    sandboxd.sandboxes.clear();
    service.registry.onWatch({ type: 'hello', at: 1, sandboxes: [] });
    await settled();
    expect((await service.view(ada, id)).sandbox).toMatchObject({ state: 'ended', ended: { reason: 'host-lost' } });
    expect((await service.startSandbox(ada, id)).sandbox?.state).toBe('ready');
  });

  it('gives a fresh sandbox with a baseline of its own, and keeps what passed', async () => {
    await change(seen(container('web')));
    await service.openStep(ada, id, 'kill');
    const first = await sandboxId();
    await service.resetSandbox(ada, id);
    await settled();
    const second = await sandboxId();
    expect(second).not.toBe(first);
    expect(sandboxd.sandboxes.get(first)?.ended?.reason).toBe('replaced');
    expect((await taskOf('run-web'))?.state).toBe('passed');
    const step = await test.db.attemptStep.findFirst({ where: { attemptId: id, step: 'kill' } });
    expect(step?.sandboxId).toBe(second);
  });

  it('looks at the open step only', async () => {
    await service.openStep(ada, id, 'kill');
    await change(seen(container('web')));
    expect((await taskOf('run-web'))?.state).toBe('open');
    await change(seen(container('web', { state: 'exited', pid: null })));
    expect((await taskOf('stop-web'))?.state).toBe('passed');
  });

  it('tells the page when a sandbox ends and when sandboxd is away', async () => {
    const page = await service.subscribe(ada, id, message => messages.push(message));
    service.registry.onWatch({ type: 'sandbox', sandbox: sandboxd.end(await sandboxId(), 'ttl') });
    await settled();
    sandboxd.reachable = false;
    service.registry.onReachable(false);
    await settled();
    expect(messages.filter(one => one.type === 'sandbox').slice(-2)).toMatchObject([
      { sandbox: { ended: { reason: 'ttl' } }, host: 'reachable' },
      { host: 'unreachable' },
    ]);
    await expect(service.checkTask(ada, id, 'run-web')).rejects.toMatchObject({ code: 'sandbox-ended' });
    page.stop();
  });

  it('tells pages of a fence that acted, also one that opens later, and none of another sandbox', async () => {
    const fence = { fence: 'memory', measured: 5, limit: 6, at: Date.now() } as const;
    const told = () => messages.flatMap(one => (one.type === 'fences' ? [one.fences] : []));
    const page = await service.subscribe(ada, id, message => messages.push(message));
    service.registry.onWatch({ type: 'fence', sandboxId: await sandboxId(), ...fence });
    await settled();
    expect(told()).toEqual([[], [{ sandboxId: await sandboxId(), ...fence }]]);
    page.stop();
    const later: AttemptMessage[] = [];
    (await service.subscribe(ada, id, message => later.push(message))).stop();
    expect(later).toContainEqual({ type: 'fences', fences: told()[1] });
    await service.resetSandbox(ada, id);
    (await service.subscribe(ada, id, message => messages.push(message))).stop();
    expect(told().at(-1)).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const bob = await addUser(test.db, 'Bob');
    await expect(service.view(bob, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.checkTask(bob, id, 'run-web')).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.subscribe(bob, id, () => undefined)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses an answer of the wrong form and names that are not there', async () => {
    await expect(service.answer(ada, id, 'guess', 'running')).rejects.toMatchObject({ code: 'bad-request' });
    await expect(service.openStep(ada, id, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.openHint(ada, id, 'stop-web')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('finishes: the sandbox is put away, nothing changes after it', async () => {
    await change(seen(container('web')));
    const view = await service.finish(ada, id);
    expect(view).toMatchObject({ status: 'finished', sandbox: { ended: { reason: 'finished' } } });
    await expect(service.startSandbox(ada, id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await service.start(ada, lab.course, lab.slug)).id).not.toBe(id);
  });
});
