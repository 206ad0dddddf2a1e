import { observerLimits } from './observer-limits.ts';

const { maxText, maxEntries } = observerLimits;

/** A learner's text, cut to its bound. */
export function boundedText(text: string): string {
  return text.length <= maxText ? text : text.slice(0, maxText);
}

/** A learner's list, cut in length and in its items. */
export function boundedList(list: readonly string[] | null | undefined): string[] {
  return (list ?? []).slice(0, maxEntries).map(boundedText);
}

/** A learner's map, cut in size, keys and values. */
export function boundedMap(map: Record<string, string> | null | undefined): Record<string, string> {
  const entries = Object.entries(map ?? {}).slice(0, maxEntries);
  return Object.fromEntries(entries.map(([key, value]) => [boundedText(key), boundedText(value)]));
}
