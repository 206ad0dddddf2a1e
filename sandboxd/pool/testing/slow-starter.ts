import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '#domain/protocol/errors.ts';
import type { SandboxRegistry } from '../sandbox-registry.ts';
import type { SandboxStarter } from '../sandbox-starter.ts';
import { recordOf } from './records.ts';

/** A starter that takes 20 ms, to force the races between filling and claiming; it counts what it does. */
export function slowStarter(registry: SandboxRegistry, fail: () => boolean = () => false) {
  const state = { starts: 0, atOnce: 0, most: 0 };
  const starter: SandboxStarter = {
    delegate: async () => {},
    isStarting: () => false,
    async start({ egress }) {
      const id = String(++state.starts).padStart(12, '0');
      state.most = Math.max(state.most, ++state.atOnce);
      registry.put(recordOf(id, { state: 'warming', egress, createdAt: state.starts }));
      await pause(20);
      state.atOnce--;
      if (fail()) {
        registry.forget(id);
        throw new CodedError('sandbox-start-failed', 'no');
      }
      return registry.update(id, { state: 'ready' });
    },
  };
  return { starter, state };
}
