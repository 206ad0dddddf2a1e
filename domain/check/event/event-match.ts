import type { EventFact } from '#domain/facts/facts.ts';
import { type ReferenceScope, resolveContainer } from '../container/resolve-container.ts';
import { quoted } from '../quote-learner-text.ts';
import { sameReference } from '../values/image-reference.ts';
import { joinAnd } from '../values/sentence.ts';
import type { EventMatcher } from './event-spec.ts';

/** A matcher with its `of` looked up: `unknown` says why the container could not be told. */
export interface ReadyMatcher {
  matches: (event: EventFact) => boolean;
  /** As a sentence names it: `start` of container `web`. */
  says: string;
  unknown: string | null;
}

const isAction = (wanted: string, action: string): boolean => action === wanted || action.startsWith(`${wanted}:`);

function isNamed(name: string, event: EventFact): boolean {
  if (event.attributes.name === name || event.actor === name) return true;
  if (event.type !== 'image') return false;
  return [event.actor, event.attributes.name ?? ''].some(reference => sameReference(reference, name));
}

/**
 * Events of the container `of` means. A name that no container has (any more: `docker run --rm`) is compared with the
 * name the event itself carries.
 */
function ofContainer(reference: string, scope: ReferenceScope): Pick<ReadyMatcher, 'matches' | 'unknown'> {
  const resolved = resolveContainer(reference, scope);
  if (resolved.found) return { matches: event => event.actor === resolved.id, unknown: null };
  if (!Object.hasOwn(scope.bindings, reference)) {
    return { matches: event => event.attributes.name === reference, unknown: null };
  }
  return { matches: () => false, unknown: resolved.outcome === 'unknown' ? resolved.observed : null };
}

function says(matcher: EventMatcher): string {
  const action = matcher.action === undefined ? 'any event' : quoted(matcher.action);
  const name = matcher.of ?? matcher.name;
  const type = matcher.type ?? (matcher.of === undefined ? '' : 'container');
  const object = [type, name === undefined ? '' : quoted(name)].filter(word => word !== '').join(' ');
  const attributes = Object.entries(matcher.attributes ?? {}).map(([key, value]) => quoted(`${key}=${value}`));
  return `${action}${object === '' ? '' : ` of ${object}`}${attributes.length === 0 ? '' : ` with ${joinAnd(attributes)}`}`;
}

/** Prepares a matcher for many events. */
export function readyMatcher(matcher: EventMatcher, scope: ReferenceScope): ReadyMatcher {
  const { type, action, name, of, attributes = {} } = matcher;
  const container = of === undefined ? { matches: () => true, unknown: null } : ofContainer(of, scope);
  return {
    says: says(matcher),
    unknown: container.unknown,
    matches: event =>
      (type === undefined || event.type === type) &&
      (action === undefined || isAction(action, event.action)) &&
      (name === undefined || isNamed(name, event)) &&
      Object.entries(attributes).every(
        ([key, value]) => Object.hasOwn(event.attributes, key) && event.attributes[key] === value,
      ) &&
      container.matches(event),
  };
}

/** Events since the baseline, in order; null when the journal was not seen. */
export function eventsSince({ now, baseline }: Pick<ReferenceScope, 'now' | 'baseline'>): EventFact[] | null {
  const after = baseline?.seq ?? Number.NEGATIVE_INFINITY;
  return now.events?.filter(event => event.seq > after).sort((a, b) => a.seq - b.seq) ?? null;
}
