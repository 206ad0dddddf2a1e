import { setTimeout as pause } from 'node:timers/promises';
import { networkPlan } from './network-plan.ts';
import type { PinnedProcess } from './pinned-process.ts';
import {
  closeAll,
  inNetworkOf,
  knockTcp,
  knockUdp,
  type NamedProbe,
  type Outcome,
  openAll,
  type Probe,
  ping,
  pingAllIpv6,
} from './probe-sockets.ts';

/** Numbers of a look at the fence from inside. */
const limits = {
  /** Longest wait for the mirror's address, which always answers: 1 ms when idle, seconds when thirty start at once. */
  controlMs: 5_000,
  pollMs: 1,
  /** After the control answered, what was sent before it has been answered too, within the machine; a little more for certain. */
  graceMs: 4,
  /** Where nobody listens: whoever has the address refuses. */
  port: 9,
} as const;

/** What a sandbox can reach. */
export type FenceView =
  /** Nothing that it must not, and its network works. */
  | { fenced: true }
  /** `dead`: not even what it may reach answers, so that nothing is known. `open`: something answered that must not. */
  | { fenced: false; why: 'dead' | 'open'; detail: string };

export interface FenceTargets {
  /** Addresses of the sandbox host itself: the gateways, its outer address. */
  own: readonly string[];
  /** Where sandboxd listens. */
  port: number;
  /** Whether it may go out. */
  egress: boolean;
}

/**
 * Tries from inside a sandbox's network namespace, with sockets of our own and no program of the sandbox's, what must not be
 * reached: the bait (addresses of each private kind, and without egress one of the outside world), the sandbox host itself,
 * sandboxd; by TCP, UDP, ping, IPv6. Then what must be reached: the mirror's address. Takes some 10 ms. Throws when the
 * namespace cannot be entered, its `init` gone, or the bait does not even answer us.
 */
export async function probeNetwork(init: PinnedProcess, targets: FenceTargets): Promise<FenceView> {
  const { bait, mirror } = networkPlan;
  const baits = [...bait.inside, ...(targets.egress ? [] : [bait.outside])];
  // Else a missing bait would pass as an unreachable one.
  await insist(
    openAll(baits.map(address => ({ name: address, open: () => knockTcp(address, limits.port) }))),
    'refused',
  );

  const wanted = [
    ...baits.map(address => ({ name: `TCP ${address}`, open: () => knockTcp(address, limits.port) })),
    ...targets.own.map(address => ({
      name: `TCP ${address}:${targets.port}`,
      open: () => knockTcp(address, targets.port),
    })),
    ...baits.slice(0, 2).map(address => ({ name: `UDP ${address}`, open: () => knockUdp(address, limits.port) })),
    ...targets.own.slice(0, 1).map(address => ({ name: `ping ${address}`, open: () => ping(address) })),
    { name: `ping ${baits[0]}`, open: () => ping(baits[0] ?? '') },
    { name: 'IPv6 on its wire', open: () => pingAllIpv6('eth0') },
  ];
  const tries = inNetworkOf(init, () => openAll(wanted));
  try {
    const control = inNetworkOf(init, () => knockTcp(mirror.address, mirror.preloadedPort));
    const answer = await settled(control).finally(() => control.close());
    await pause(limits.graceMs);
    const reached = tries.filter(({ probe }) => probe.outcome() !== 'silent').map(({ name }) => name);
    if (reached.length > 0) return { fenced: false, why: 'open', detail: `reached from inside: ${reached.join(', ')}` };
    if (answer === 'silent')
      return { fenced: false, why: 'dead', detail: `${mirror.address} does not answer from inside` };
    return { fenced: true };
  } finally {
    closeAll(tries);
  }
}

async function insist(tries: readonly NamedProbe[], wanted: Outcome): Promise<void> {
  try {
    for (const { name, probe } of tries)
      if ((await settled(probe)) !== wanted) throw new Error(`the bait at ${name} does not answer the sandbox host`);
  } finally {
    closeAll(tries);
  }
}

async function settled(probe: Probe): Promise<Outcome> {
  const deadline = performance.now() + limits.controlMs;
  for (;;) {
    const outcome = probe.outcome();
    if (outcome !== 'silent' || performance.now() > deadline) return outcome;
    await pause(limits.pollMs);
  }
}
