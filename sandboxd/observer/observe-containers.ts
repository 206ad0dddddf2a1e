import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import { type EngineClient, EngineError } from '../engine/engine-client.ts';
import { mapLimited } from '../host/map-limited.ts';
import { containerFact } from './container-fact.ts';
import { innerContainerListSchema, innerInspectSchema } from './inner-schemas.ts';
import { observerLimits } from './observer-limits.ts';

/** All containers, newest first, as far as the bounds go; `gaps` tells what is missing. Throws when the API does not answer. */
export async function observeContainers(
  docker: EngineClient,
): Promise<{ value: ContainerFact[]; gaps: Facts['gaps'] }> {
  const list = await docker.json(innerContainerListSchema, { path: '/containers/json?all=1' });
  const newest = list.sort((a, b) => b.Created - a.Created).slice(0, observerLimits.maxContainers);
  const gaps: Facts['gaps'] = [];
  if (list.length > newest.length)
    gaps.push({
      part: 'containers',
      reason: `${list.length} containers; only the newest ${newest.length} were looked at`,
    });
  const facts = await mapLimited(newest, observerLimits.inspectConcurrency, async ({ Id }) => {
    try {
      const path = `/containers/${encodeURIComponent(Id)}/json`;
      return containerFact(await docker.json(innerInspectSchema, { path, maxBytes: observerLimits.maxInspectBytes }));
    } catch (error) {
      // Removed since the list was made: not there is not a gap.
      if (error instanceof EngineError && error.status === 404) return null;
      gaps.push({ part: 'containers', reason: `container ${Id.slice(0, 12)}: ${(error as Error).message}` });
      return null;
    }
  });
  return { value: facts.filter(fact => fact !== null), gaps };
}
