import type { HostStatus, RpcInput, RpcOutput } from '#domain/protocol/rpc.ts';

/** What of the sandbox host decides whether sandboxes are given away; in the words that /readyz shows. */
export interface HostReadiness {
  engine: 'up' | 'down' | 'unknown';
  labImage: 'loaded' | 'missing' | 'unknown';
  preflight: HostStatus['preflight']['state'] | 'unknown';
  network: 'fenced' | 'unfenced' | 'unknown';
}

/** Asked for at most this often, whoever knocks: nobody signs in for /readyz. */
const FRESH_MS = 1_000;

/** Asks sandboxd; all unknown when it does not answer. Never rejects. */
export function createHostReadiness(
  sandboxd: { call(method: 'host.status', input: RpcInput<'host.status'>): Promise<RpcOutput<'host.status'>> },
  now: () => number = Date.now,
): () => Promise<HostReadiness> {
  let last: { at: number; answer: Promise<HostReadiness> } | null = null;
  return () => {
    if (last === null || now() - last.at >= FRESH_MS) {
      const answer = sandboxd.call('host.status', {}).then(readinessOf, () => unknown);
      last = { at: now(), answer };
    }
    return last.answer;
  };
}

const unknown: HostReadiness = { engine: 'unknown', labImage: 'unknown', preflight: 'unknown', network: 'unknown' };

function readinessOf({ engine, labImage, preflight, network }: HostStatus): HostReadiness {
  return {
    engine: engine.up ? 'up' : 'down',
    labImage: labImage === null ? 'missing' : 'loaded',
    preflight: preflight.state,
    network: network.fenced ? 'fenced' : 'unfenced',
  };
}

/**
 * Whether sandboxes are given away: a learner who came now would get one, or an honest place in the queue. Room is not
 * asked for: a full host serves those who wait, and their pages must not be taken out of a load balancer.
 */
export function isHostReady({ engine, labImage, preflight, network }: HostReadiness): boolean {
  const safe = network === 'fenced' && (preflight === 'passed' || preflight === 'accepted');
  return engine === 'up' && labImage === 'loaded' && safe;
}
