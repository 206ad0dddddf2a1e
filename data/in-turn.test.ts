import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Db, openDb } from './db.ts';
import { inTurn } from './in-turn.ts';
import { testedKind } from './testing/test-database.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

let test: TestDb;
let other: Db;
beforeEach(async () => {
  test = await openTestDb();
  // As a second web process would be. A second SQLite client in one process would block the first: they share a thread.
  other = testedKind === 'postgresql' ? await openDb(test.url) : test.db;
});
afterEach(async () => {
  if (other !== test.db) await other.$disconnect();
  await test.close();
});

const event = (action: string) => ({ data: { action, subject: 'x', detail: {} } });

it('lets one who reads, then writes, end before the next one reads', async () => {
  const said: string[] = [];
  let goOn = () => undefined as undefined;
  const held = new Promise<void>(resolve => {
    goOn = () => void resolve() as undefined;
  });
  let begun = () => undefined as undefined;
  const reading = new Promise<void>(resolve => {
    begun = () => void resolve() as undefined;
  });
  const first = inTurn(test.db, 'admins', async tx => {
    said.push(`first reads ${await tx.auditEvent.count()}`);
    begun();
    await held;
    await tx.auditEvent.create(event('first'));
  });
  await reading;
  const second = inTurn(other, 'admins', async tx => {
    said.push(`second reads ${await tx.auditEvent.count()}`);
  });
  await new Promise(later => setTimeout(later, 100));
  expect(said).toEqual(['first reads 0']);
  goOn();
  await Promise.all([first, second]);
  expect(said).toEqual(['first reads 0', 'second reads 1']);
});

it('numbers what many write at once, from two clients, without a gap', async () => {
  const next = (db: Db) =>
    inTurn(db, 'admins', async tx => tx.auditEvent.create(event(String(await tx.auditEvent.count()))));
  await Promise.all(Array.from({ length: 20 }, (_, index) => next(index % 2 ? test.db : other)));
  const numbers = (await test.db.auditEvent.findMany()).map(row => Number(row.action)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

it('keeps nothing of work that fails, says its own error, and gives the turn on', async () => {
  const failing = inTurn(test.db, ['learner:b', 'learner:a'], async tx => {
    await tx.auditEvent.create(event('lost'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await inTurn(other, ['learner:a', 'learner:b'], tx => tx.auditEvent.create(event('kept')));
  expect((await test.db.auditEvent.findMany()).map(row => row.action)).toEqual(['kept']);
});
