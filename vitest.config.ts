import { defineConfig } from 'vitest/config';

// Real daemons on a busy machine: a second look at what failed once. Vitest prints each one that needed it.
const retries = 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,domain,data,server,sandboxd,scripts,labs}/**/*.test.{ts,tsx}'],
          environment: 'node',
          // Real databases and servers on a busy machine of two cores.
          testTimeout: 20_000,
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
