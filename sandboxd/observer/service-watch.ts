import { bootTime } from '../host/boot-clock.ts';
import { hostLimits } from '../host/host-limits.ts';
import type { Breathe } from '../host/paced-work.ts';
import { parseStat } from '../host/proc-texts.ts';
import { readProcesses } from '../host/process-table.ts';
import { readBounded } from '../host/read-bounded.ts';
import type { SandboxTarget } from './sandbox-target.ts';
import { findService } from './services.ts';

type Service = 'dockerd' | 'containerd';

/**
 * Notices when dockerd or containerd of a sandbox came, went, was replaced or stopped. While they run this reads two
 * small files; only when one is missing are all processes looked at.
 */
export function createServiceWatch(target: SandboxTarget): { changed(breathe: Breathe): Promise<boolean> } {
  const known = new Map<string, { outerPid: number; startTicks: number } | null>();
  let last: string | null = null;

  async function stateOf(name: Service, breathe: Breathe): Promise<string> {
    const pinned = known.get(name);
    if (pinned) {
      const stat = parseStat(readBounded(`/proc/${pinned.outerPid}/stat`, hostLimits.maxCounterBytes) ?? '');
      if (stat?.startTicks === pinned.startTicks && stat.state !== 'Z') {
        const stopped = stat.state === 'T' || stat.state === 't';
        return `${name}:${pinned.outerPid}:${pinned.startTicks}:${stopped ? 'stopped' : 'runs'}`;
      }
    }
    const { readings } = await readProcesses({ ...target.view, boot: bootTime() }, breathe);
    known.set(name, findService(readings, name));
    const found = known.get(name);
    return found ? `${name}:${found.outerPid}:${found.startTicks}:runs` : `${name}:down`;
  }
  return {
    async changed(breathe) {
      const state = `${await stateOf('dockerd', breathe)} ${await stateOf('containerd', breathe)}`;
      const changed = last !== null && state !== last;
      last = state;
      return changed;
    },
  };
}
