import fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDb } from './db.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
beforeEach(async () => {
  test = await openTestDb();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await test.close();
});

const event = { data: { action: 'told', subject: 'x', detail: {} } };
const wal = expect.stringMatching(/-wal$/);
const write = () => test.db.auditEvent.create(event);

/** A disk that says when each flush of it began, and lets it end when told. */
function slowDisk(): { begun: string[]; end: () => void } {
  const begun: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const open = fs.open.bind(fs);
  vi.spyOn(fs, 'open').mockImplementation(async (file, ...more) => {
    const handle = await open(file, ...more);
    const datasync = handle.datasync.bind(handle);
    handle.datasync = async () => {
      begun.push(String(file));
      await promise;
      await datasync();
    };
    return handle;
  });
  return { begun, end: resolve };
}

it.each([
  ['a statement', write],
  ['a transaction', () => test.db.$transaction([test.db.auditEvent.create(event), test.db.auditEvent.create(event)])],
])('tells that %s was written once the disk has it, and holds up nobody meanwhile', async (_, writing) => {
  const { begun, end } = slowDisk();
  let told = false;
  const done = writing().then(() => {
    told = true;
  });
  await vi.waitUntil(() => begun.length === 1);
  await new Promise(later => setTimeout(later, 50));
  expect(begun).toEqual([wal]);
  expect(told).toBe(false);
  end();
  await done;
});

it('opens with a log whose name the disk has', async () => {
  const { begun, end } = slowDisk();
  const file = fileURLToPath(test.url);
  const opening = openDb(test.url);
  await vi.waitUntil(() => begun.length === 1);
  expect(begun).toEqual([dirname(file)]);
  expect((await fs.stat(`${file}-wal`)).isFile()).toBe(true);
  end();
  await (await opening).$disconnect();
});

it('waits for no disk to read', async () => {
  const { begun } = slowDisk();
  expect(await test.db.auditEvent.count()).toBe(0);
  expect(begun).toEqual([]);
});

it('leaves waiting to the adapter, and tells what the disk says', async () => {
  expect(await test.db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 1 }]);
  vi.spyOn(fs, 'open').mockRejectedValue(Object.assign(new Error('EIO: i/o error, open'), { code: 'EIO' }));
  await expect(write()).rejects.toThrow('EIO');
});
