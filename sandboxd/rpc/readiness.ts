import type { PreflightStatus } from '#domain/protocol/preflight.ts';

/** What /readyz shows: whether a sandbox can be had now. Nothing in it is secret. */
export interface Readiness {
  ready: boolean;
  engine: 'up' | 'down';
  labImage: 'loaded' | 'missing' | 'unknown';
  preflight: PreflightStatus['state'];
}

/** Never rejects. `labImage` throws while there is none. */
export async function readinessOf(of: {
  engineUp: boolean;
  labImage: () => Promise<string>;
  preflight: () => PreflightStatus['state'];
}): Promise<Readiness> {
  const labImage = of.engineUp
    ? await of.labImage().then(
        () => 'loaded' as const,
        () => 'missing' as const,
      )
    : 'unknown';
  const preflight = of.preflight();
  const safe = preflight === 'passed' || preflight === 'accepted';
  return { ready: labImage === 'loaded' && safe, engine: of.engineUp ? 'up' : 'down', labImage, preflight };
}
