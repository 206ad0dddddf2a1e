import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Db } from './db.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
beforeEach(async () => {
  test = await openTestDb();
});
afterEach(() => test.close());

const event = (action: string) => ({ data: { action, subject: 'x', detail: {} } });

it('keeps nothing of a transaction that fails, and goes on after it', async () => {
  const failing = test.db.$transaction(async tx => {
    await tx.auditEvent.create(event('lost'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await test.db.auditEvent.create(event('kept'));
  expect((await test.db.auditEvent.findMany()).map(row => row.action)).toEqual(['kept']);
});

it('lets statements outside wait for a transaction, not slip into it', async () => {
  const failing = test.db.$transaction(async tx => {
    await tx.auditEvent.create(event('lost'));
    await new Promise(later => setTimeout(later, 50));
    throw new Error('rolled back');
  });
  const beside = test.db.auditEvent.create(event('beside'));
  await expect(failing).rejects.toThrow('rolled back');
  await beside;
  expect((await test.db.auditEvent.findMany()).map(row => row.action)).toEqual(['beside']);
});

it('opens no connection per transaction', async () => {
  const open = () => readdirSync('/proc/self/fd').length;
  await test.db.$transaction(tx => tx.auditEvent.count());
  const before = open();
  for (let round = 0; round < 50; round++) await test.db.$transaction(tx => tx.auditEvent.create(event('e')));
  expect(open() - before).toBeLessThan(5);
});

/** Reads, then writes, `rounds` times: what fails at once in a deferred transaction when another process wrote. */
async function increment(db: Db, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++)
    await db.$transaction(async tx => {
      await tx.auditEvent.create(event(String(await tx.auditEvent.count())));
    });
}

it('waits for another process that reads, then writes', async () => {
  const script = `import { openDb } from './data/db.ts';
    const db = await openDb(process.argv[1]);
    const increment = ${increment}; const event = ${event};
    await increment(db, 40);
    await db.$disconnect();`;
  const other = promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script, test.url]);
  while ((await test.db.auditEvent.count()) === 0) await new Promise(later => setTimeout(later, 5));
  await increment(test.db, 40);
  await other;
  const counts = (await test.db.auditEvent.findMany()).map(row => Number(row.action)).sort((a, b) => a - b);
  expect(counts).toEqual(Array.from({ length: 80 }, (_, index) => index));
}, 20_000);
