import { CHECK_LIMITS } from './check-limits.ts';
import { editDistance } from './values/edit-distance.ts';

/** Members whose name is within two edits of the wanted one or differs from it in case only, nearest first. */
export function nearNames<T>(wanted: string, members: readonly T[], nameOf: (member: T) => string): T[] {
  const limit = Math.min(CHECK_LIMITS.nearMissDistance, Math.max(1, wanted.length - 2));
  return members
    .map(member => ({ member, distance: editDistance(wanted.toLowerCase(), nameOf(member).toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map(({ member }) => member);
}
