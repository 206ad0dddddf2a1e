import { CHECK_LIMITS } from '../check-limits.ts';

/** `a`, `a and b`, `a, b and c`. */
export function joinAnd(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The first few of many: `a, b, c and 4 more`. */
export function joinSome(parts: readonly string[], most: number = CHECK_LIMITS.namedObjects): string {
  if (parts.length <= most) return joinAnd(parts);
  return `${parts.slice(0, most).join(', ')} and ${parts.length - most} more`;
}

/** `1 container`, `2 containers`, `no container`. */
export function countOf(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : `${count} ${pluralFor(count, noun)}`;
}

/** The noun as it stands after this number. */
export function pluralFor(count: number, noun: string): string {
  if (count === 1) return noun;
  return /(s|sh|ch|x)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
