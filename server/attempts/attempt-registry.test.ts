import { expect, it } from 'vitest';
import type { AttemptDeps } from './attempt-deps.ts';
import { AttemptRegistry } from './attempt-registry.ts';

it('says whose news it could not handle', async () => {
  const warned: object[] = [];
  const away = new Error('the database is away');
  const registry = new AttemptRegistry({
    db: {
      attempt: {
        findUnique: () => Promise.reject(away),
      },
    },
    sandboxd: { reachable: true },
    log: { info: () => {}, warn: (fields: object) => void warned.push(fields) },
    now: Date.now,
    onProgress: () => {},
  } as unknown as AttemptDeps);
  registry.own('0123456789ab', 'attempt-1');
  registry.onWatch({ type: 'changed', sandboxId: '0123456789ab', parts: ['containers'], seq: 1, at: 1 });
  await expect.poll(() => warned).toEqual([{ err: away, attempt: 'attempt-1' }]);
  await registry.stop();
});
