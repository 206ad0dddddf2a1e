import { expect, it } from 'vitest';
import { createSandboxRegistry } from './sandbox-registry.ts';
import { createSandboxStarter, type SandboxStarterOptions } from './sandbox-starter.ts';
import { silentLog } from './testing/records.ts';

it('leaves nothing behind of a start that could not even be written down', async () => {
  const disk = { full: true };
  const registry = createSandboxRegistry({
    store: {
      load: () => [],
      save() {
        if (disk.full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
      remove: () => {},
    },
    onBroken: () => {},
  });
  const removed: string[] = [];
  const starter = createSandboxStarter({
    registry,
    engine: { remove: async (id: string) => void removed.push(id) },
    limits: () => ({}),
    log: silentLog,
  } as unknown as SandboxStarterOptions);
  await expect(starter.start({ egress: false })).rejects.toMatchObject({ code: 'sandbox-start-failed' });
  expect(registry.all()).toEqual([]);
  expect(removed.map(id => starter.isStarting(id))).toEqual([false]);
});
