import { createEngineClient, type EngineClient } from '../engine/engine-client.ts';
import { connectInner } from './inner-connect.ts';
import { observerLimits } from './observer-limits.ts';
import type { SandboxTarget } from './sandbox-target.ts';

/** The sandbox's Docker API, read from outside within the observer's bounds. */
export function innerDocker(target: SandboxTarget): EngineClient {
  return createEngineClient({
    connect: () => connectInner(target),
    bounds: { timeoutMs: observerLimits.innerTimeoutMs, maxBytes: observerLimits.maxListBytes },
  });
}
