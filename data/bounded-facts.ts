import type { Facts } from '#domain/facts/facts.ts';

/** How much of facts is kept with a verdict. */
export const factsLimits = {
  /** Bytes of JSON. A sandbox with 10 containers and 60 processes has about 60 KiB; 256 KiB holds a busy one. */
  maxBytes: 256 * 1024,
} as const;

/** What is given up first when there is too much: the parts that grow without end, and say least, first. */
const trimOrder = ['events', 'images', 'files', 'processes', 'containers', 'cgroups'] as const;

/**
 * Facts of at most `maxBytes` of JSON. Too large ones lose the oldest half of their longest-growing part, again and
 * again; `gaps` says what was left out. Facts that are small enough come back as they are.
 */
export function boundFacts(facts: Facts, maxBytes: number = factsLimits.maxBytes): Facts {
  let bounded = facts;
  for (const part of trimOrder) {
    const whole = facts[part]?.length ?? 0;
    let kept = whole;
    while (bytesOf(bounded) > maxBytes && kept > 0) {
      kept = Math.floor(kept / 2);
      const gap = { part, reason: `${whole - kept} of ${whole} left out when this was stored: too much to keep` };
      bounded = {
        ...bounded,
        [part]: kept === 0 ? [] : facts[part]?.slice(-kept),
        gaps: [...facts.gaps.slice(0, 50), ...trimNotes(bounded, facts, part), gap],
      };
    }
  }
  if (bytesOf(bounded) <= maxBytes) return bounded;
  return {
    ...bounded,
    daemon: null,
    gaps: [{ part: 'all', reason: 'left out when this was stored: too much to keep' }],
  };
}

/** The notes about other parts that an earlier round made. */
function trimNotes(bounded: Facts, facts: Facts, part: string): Facts['gaps'] {
  return bounded.gaps.slice(Math.min(facts.gaps.length, 50)).filter(gap => gap.part !== part);
}

function bytesOf(facts: Facts): number {
  return Buffer.byteLength(JSON.stringify(facts));
}
