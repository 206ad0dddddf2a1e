import { defineConfig } from 'vitest/config';

// Real daemons on a busy machine: a second look at what failed once. Vitest prints each one that needed it.
const retries = 1;

// By default vitest leaves one processor to itself, which is half of a small machine.
const maxWorkers = '100%';

/** Tests of the web process that open a database; without the attempt service's, which count by milliseconds. */
const serverOnDatabase = ['server/auth/auth.test.ts', 'server/gateway/{class-route,learner-sockets}.test.ts'];

/** A PostgreSQL server of their own, for one run of these tests. */
const onPostgres = {
  env: { BELOWDECK_TEST_DATABASE: 'postgresql' },
  globalSetup: ['tests/support/postgres/start.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,domain,data,server,sandboxd,scripts,labs}/**/*.test.{ts,tsx}'],
          exclude: ['data/postgres-*.test.ts'],
          environment: 'node',
          maxWorkers,
          // Real databases and servers on a busy machine of two cores.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'unit-postgresql',
          // What talks to a database, once more on the other kind.
          include: ['data/**/*.test.ts', ...serverOnDatabase],
          exclude: ['data/sqlite-*.test.ts'],
          maxWorkers,
          ...onPostgres,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration-postgresql',
          retry: retries,
          // All of them that have a database.
          include: ['tests/integration/{backup,metrics,routes-and-roles,web-preview}.test.ts'],
          ...onPostgres,
          testTimeout: 60_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'integration',
          retry: retries,
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'security',
          retry: retries,
          include: ['tests/security/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'crash',
          expect: { poll: { timeout: 10_000 } },
          include: ['tests/crash/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          retry: retries,
          expect: { poll: { timeout: 10_000 } },
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
