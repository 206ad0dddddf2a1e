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
    onUnsaved: () => {},
  });
  const removed: string[] = [];
  let begun = false;
  const starter = createSandboxStarter({
    registry,
    engine: { remove: async (id: string) => void removed.push(id) },
    limits: () => ({}),
    labImage: async () => {
      begun = true;
      return 'image';
    },
    log: silentLog,
  } as unknown as SandboxStarterOptions);
  await expect(starter.start({ egress: false })).rejects.toMatchObject({ code: 'sandbox-start-failed' });
  expect([begun, registry.all()]).toEqual([false, []]);
  expect(removed.map(id => starter.isStarting(id))).toEqual([false]);
});
