import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { isStillThere, type PinnedProcess } from '../host/pinned-process.ts';
import { readBoundedLater } from '../host/read-bounded.ts';
import { forwardLimits } from './forward-limits.ts';
import { type Listener, listeningPorts } from './listening-ports.ts';
import { publishedPorts } from './published-ports.ts';

/**
 * What listens in the network namespace of a process: the kernel's word; nothing when it is gone, also when another has its
 * number by now. The kernel goes through the sockets of the whole machine for that, which takes milliseconds.
 */
export async function listenersOf(process: PinnedProcess): Promise<Listener[]> {
  if (!isStillThere(process)) return [];
  const read = (name: string) =>
    readBoundedLater(`/proc/${process.pid}/net/${name}`, forwardLimits.maxSocketTableBytes);
  const listeners = listeningPorts(await read('tcp'), await read('tcp6'));
  // Those milliseconds are long enough to end and for the number to be given to a neighbour's process.
  return isStillThere(process) ? listeners : [];
}

/** Both words together, published ports first; of a port that is told twice the one that reaches further. */
export function joinPorts(published: readonly SandboxPort[], listeners: readonly Listener[]): SandboxPort[] {
  const ports = new Map<number, SandboxPort>();
  for (const one of published.toSorted((a, b) => a.port - b.port))
    if (ports.get(one.port)?.reach !== 'anywhere') ports.set(one.port, one);
  for (const { port, anywhere } of listeners)
    if (!ports.has(port)) ports.set(port, { port, reach: anywhere ? 'anywhere' : 'inside', container: null });
  return [...ports.values()].slice(0, forwardLimits.maxPorts);
}

/** The ports of a living sandbox. Never fails because of the learner's doing: a dead daemon publishes nothing. */
export async function sandboxPorts(docker: EngineClient, init: PinnedProcess): Promise<SandboxPort[]> {
  const published = await publishedPorts(docker).catch(() => []);
  return joinPorts(published, await listenersOf(init));
}
