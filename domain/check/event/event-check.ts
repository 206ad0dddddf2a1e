import type { EventFact } from '#domain/facts/facts.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import { showAgo } from '../values/duration.ts';
import { judgeCount, showRangeOf } from '../values/range.ts';
import { countOf, joinSome } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { eventsSince, type ReadyMatcher, readyMatcher } from './event-match.ts';
import { type EventMatcher, type EventSpec, eventSpecSchema } from './event-spec.ts';

const matchersOf = (spec: EventSpec): EventMatcher[] => {
  const { inOrder, since: _since, absent: _absent, count: _count, ...matcher } = spec;
  return inOrder ?? [matcher];
};

const showEvent = (event: EventFact): string => {
  const name = event.attributes.name ?? event.actor.slice(0, 12);
  return `${quoted(event.action)} of ${event.type === 'container' ? '' : `${quoted(event.type)} `}${quoted(name)}`;
};

/** The last few events of the same type, for someone who sees that the wanted one is not among them. */
function saysWhatHappened(events: readonly EventFact[], matchers: readonly EventMatcher[]): string {
  const types = new Set(matchers.map(matcher => matcher.type ?? (matcher.of === undefined ? undefined : 'container')));
  const [type] = types;
  const like = types.size === 1 && type !== undefined ? events.filter(event => event.type === type) : events;
  if (like.length === 0) return type === undefined ? 'nothing has happened' : `no ${type} event has happened`;
  const last = like.slice(-4).map(showEvent);
  return `${like.length > last.length ? 'the last events were' : 'there was'} ${joinSome(last, last.length)}`;
}

function evaluateOrder(ready: readonly ReadyMatcher[], events: readonly EventFact[], at: number) {
  const found: EventFact[] = [];
  for (const event of events) {
    if (ready[found.length]?.matches(event)) found.push(event);
  }
  const missing = ready[found.length];
  const last = found.at(-1);
  if (!missing && last) return { done: true, observed: `they happened, the last ${showAgo(at, last.at)}` };
  if (!last) return { done: false, observed: `${missing?.says} has not happened` };
  const done = ready.slice(0, found.length).map(matcher => matcher.says);
  return { done: false, observed: `after ${done.join(', ')} there was no ${missing?.says}` };
}

function evaluate(spec: EventSpec, context: CheckContext): Finding {
  const { now } = context;
  const matchers = matchersOf(spec);
  const ready = matchers.map(matcher => readyMatcher(matcher, context));
  const said = ready.map(matcher => matcher.says);
  const where = WHERE.events;
  const [single] = ready;
  const expected = spec.inOrder
    ? `in this order: ${said.join(', then ')}`
    : spec.absent
      ? `${said[0]} does not happen`
      : spec.count === undefined
        ? `${said[0]} happens`
        : `${said[0]} happens ${showRangeOf(spec.count, 'time')}`;
  const events = eventsSince(context);
  if (events === null) {
    const observed = context.baseline === null ? 'nobody looked when this step was opened' : whyUnseen(now, 'events');
    return { outcome: 'unknown', expected, observed, where };
  }
  const unknown = ready.find(matcher => matcher.unknown !== null)?.unknown;
  if (unknown != null) return { outcome: 'unknown', expected, observed: unknown, where };
  const partial = whyPartial(now, 'events');
  const cut = `not every event could be seen: ${partial}`;
  const happened = saysWhatHappened(events, matchers);
  if (spec.inOrder || !single) {
    const { done, observed } = evaluateOrder(ready, events, now.at);
    if (done) return { outcome: 'passed', expected, observed, where };
    if (partial !== null) return { outcome: 'unknown', expected, observed: cut, where };
    return { outcome: 'failed', expected, observed: `${observed}; ${happened}`, where };
  }
  const matches = events.filter(single.matches);
  const last = matches.at(-1);
  const range = spec.absent ? { max: 0 } : (spec.count ?? { min: 1 });
  const outcome = judgeCount(matches.length, partial === null ? matches.length : Number.POSITIVE_INFINITY, range);
  if (outcome === 'unknown') return { outcome, expected, observed: cut, where };
  const observed = last
    ? `${countOf(matches.length, 'such event')}, ${matches.length === 1 ? '' : 'the last '}${showAgo(now.at, last.at)}`
    : spec.absent
      ? 'it has not happened'
      : `it has not happened; ${happened}`;
  return { outcome, expected, observed, where };
}

/** Docker events since the step was opened. */
export const eventCheck: CheckKind<EventSpec> = {
  kind: 'event',
  spec: eventSpecSchema,
  references: spec => [spec, ...(spec.inOrder ?? [])].flatMap(matcher => matcher.of ?? []),
  needs: spec => {
    const refers = [spec, ...(spec.inOrder ?? [])].some(matcher => matcher.of !== undefined);
    return { events: true, ...(refers ? { containers: true } : {}) };
  },
  evaluate,
};
