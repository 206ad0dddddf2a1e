import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDb } from './db.ts';
import { migrate } from './migrate.ts';
import { makeTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await makeTestDatabase();
});
afterEach(() => database.remove());

it('tells how long each query took', async () => {
  const times: number[] = [];
  await migrate(database.url);
  const db = await openDb(database.url, { onQuery: ms => times.push(ms) });
  await db.user.count();
  await db.user.findMany();
  await db.$disconnect();
  expect(times.length).toBeGreaterThanOrEqual(2);
  for (const ms of times) expect(ms).toBeGreaterThanOrEqual(0);
});
