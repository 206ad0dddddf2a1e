import { afterEach, beforeEach, expect, it } from 'vitest';
import { addUser } from '#data/testing/samples.ts';
import { openTestDb, type TestDb } from '#data/testing/test-db.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import { createAttemptService, type RunningAttemptService } from './create-attempt-service.ts';
import { FakeSandboxd } from './testing/fake-sandboxd.ts';
import { twoStepLab } from './testing/sample-attempt.ts';

const lab = twoStepLab();
const web: SandboxPort = { port: 8080, reach: 'anywhere', container: { name: 'web', port: 80 } };
let test: TestDb;
let sandboxd: FakeSandboxd;
let service: RunningAttemptService;
const warned: object[] = [];

beforeEach(async () => {
  test = await openTestDb();
  sandboxd = new FakeSandboxd();
  service = createAttemptService({
    db: test.db,
    sandboxd,
    catalog: { lab: () => lab },
    log: { info: () => undefined, warn: fields => void warned.push(fields) },
    now: Date.now,
    onProgress: () => undefined,
  });
});
afterEach(async () => {
  await service.registry.stop();
  await test.close();
});

it('tells an open page of ports as they come and go, and each page the newest first thing', async () => {
  const ada = await addUser(test.db, 'Ada');
  const { id } = await service.start(ada, lab.course, lab.slug);
  const { sandbox } = await service.startSandbox(ada, id);
  const sandboxId = sandbox?.id ?? '';
  const told: AttemptMessage[] = [];
  const page = await service.subscribe(ada, id, message => told.push(message));
  const ports = () => told.filter(message => message.type === 'ports').map(message => message.ports);
  await expect.poll(ports).toEqual([[]]);

  sandboxd.ports = [web];
  const changed = { type: 'changed', sandboxId, parts: ['containers'], seq: 1, at: 1 } as const;
  service.registry.onWatch({ ...changed, parts: [...changed.parts] });
  await expect.poll(ports).toEqual([[], [web]]);

  const late: AttemptMessage[] = [];
  const second = await service.subscribe(ada, id, message => late.push(message));
  expect(late.find(message => message.type === 'ports')).toEqual({ type: 'ports', sandboxId, ports: [web] });
  page.stop();
  second.stop();
  const before = sandboxd.count('sandbox.ports');
  service.registry.onWatch({ ...changed, parts: [...changed.parts] });
  await new Promise(resolve => setTimeout(resolve, 500));
  // Nobody looks: nobody asks.
  expect(sandboxd.count('sandbox.ports')).toBe(before);
  expect(warned).toEqual([]);
});
