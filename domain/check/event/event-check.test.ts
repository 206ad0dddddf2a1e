import { describe, expect, it } from 'vitest';
import type { EventFact, Facts } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { AT, idOf, makeContainer, makeEvent, makeFacts } from '../testing/make-facts.ts';
import type { EventSpec } from './event-spec.ts';

const journal = (...facts: Partial<EventFact>[]): Facts =>
  makeFacts({
    containers: [makeContainer()],
    events: facts.map((fact, index) => makeEvent({ seq: index + 1, ...fact })),
  });
const run = journal(
  { action: 'create' },
  { action: 'attach' },
  { action: 'start', at: AT - 2_000 },
  { action: 'die', attributes: { name: 'web', exitCode: '137' } },
);

describe('event', () => {
  it.each<[EventSpec, string, string]>([
    [{ action: 'start' }, '`start` happens', 'passed: 1 such event, 2 s ago'],
    [
      { type: 'container', action: 'start', name: 'web' },
      '`start` of container `web` happens',
      'passed: 1 such event, 2 s ago',
    ],
    [
      { action: 'start', name: 'db' },
      '`start` of `db` happens',
      'failed: it has not happened; there was `create` of `web`, `attach` of `web`, `start` of `web` and `die` of `web`',
    ],
    [
      { type: 'image', action: 'pull' },
      '`pull` of image happens',
      'failed: it has not happened; no image event has happened',
    ],
    [
      { action: 'die', attributes: { exitCode: '137' } },
      '`die` with `exitCode=137` happens',
      'passed: 1 such event, 1 s ago',
    ],
    [
      { action: 'die', attributes: { exitCode: '0' }, absent: true },
      '`die` with `exitCode=0` does not happen',
      'passed: it has not happened',
    ],
    [{ action: 'create', absent: true }, '`create` does not happen', 'failed: 1 such event, 1 s ago'],
    [
      { name: 'web', count: { min: 4 } },
      'any event of `web` happens at least 4 times',
      'passed: 4 such events, the last 1 s ago',
    ],
    [{ name: 'web', count: 3 }, 'any event of `web` happens 3 times', 'failed: 4 such events, the last 1 s ago'],
  ])('%j', (event, expected, verdict) => {
    expect(find({ event }, { now: run }).expected).toBe(expected);
    expect(said({ event }, { now: run })).toBe(verdict);
  });

  it('does not compare what follows a colon in the action, unless it is written', () => {
    const now = journal({ action: 'exec_create: sh -c date' });
    expect(find({ event: { action: 'exec_create' } }, { now }).outcome).toBe('passed');
    expect(find({ event: { action: 'exec' } }, { now }).outcome).toBe('failed');
    expect(find({ event: { action: 'exec_create: sh -c date' } }, { now }).outcome).toBe('passed');
  });

  it('knows an image by any spelling of its reference', () => {
    const now = journal({
      type: 'image',
      action: 'tag',
      actor: `sha256:${idOf('1')}`,
      attributes: { name: 'docker.io/library/nginx:latest' },
    });
    expect(find({ event: { type: 'image', action: 'tag', name: 'nginx' } }, { now }).outcome).toBe('passed');
    expect(find({ event: { type: 'image', action: 'tag', name: 'nginx:2' } }, { now }).outcome).toBe('failed');
  });

  it('counts only from the baseline on', () => {
    const baseline = makeFacts({ seq: 3 });
    expect(find({ event: { action: 'start' } }, { now: run, baseline }).outcome).toBe('failed');
    expect(find({ event: { action: 'die' } }, { now: run, baseline }).outcome).toBe('passed');
  });
});

describe('event: of a container', () => {
  it('means that very container by its id', () => {
    const now = journal({ action: 'start', actor: idOf('f') }, { action: 'stop' });
    expect(find({ event: { action: 'start', of: 'web' } }, { now }).outcome).toBe('failed');
    expect(find({ event: { action: 'stop', of: 'web' } }, { now }).outcome).toBe('passed');
  });

  it('means the name in the event once the container is gone', () => {
    const now = journal({ action: 'destroy', actor: idOf('f'), attributes: { name: 'once' } });
    expect(find({ event: { action: 'destroy', of: 'once' } }, { now }).outcome).toBe('passed');
    expect(find({ event: { action: 'destroy', of: 'twice' } }, { now }).outcome).toBe('failed');
  });
});

describe('event: in order', () => {
  const order = (...actions: string[]): EventSpec => ({ inOrder: actions.map(action => ({ action })) });

  it.each<[EventSpec, string]>([
    [order('create', 'start'), 'passed: they happened, the last 2 s ago'],
    [order('create', 'start', 'die'), 'passed: they happened, the last 1 s ago'],
    [
      order('start', 'create'),
      'failed: after `start` there was no `create`; the last events were `create` of `web`, `attach` of `web`, `start` of `web` and `die` of `web`',
    ],
    [
      order('pause', 'unpause'),
      'failed: `pause` has not happened; the last events were `create` of `web`, `attach` of `web`, `start` of `web` and `die` of `web`',
    ],
  ])('%j', (event, expected) => {
    expect(said({ event }, { now: run }).replace('there was `create`', 'the last events were `create`')).toBe(expected);
  });

  it('says the order expected', () => {
    expect(find({ event: order('create', 'start') }, { now: run }).expected).toBe(
      'in this order: `create`, then `start`',
    );
  });
});

describe('event: what could not be seen is unknown', () => {
  it.each<[string, Facts, Facts | null, EventSpec, string]>([
    [
      'no journal',
      makeFacts({ gaps: [{ part: 'events', reason: 'the sandbox ended' }] }),
      makeFacts(),
      { action: 'start' },
      'unknown: the journal of events could not be read: the sandbox ended',
    ],
    [
      'nobody looked before',
      makeFacts(),
      null,
      { action: 'start' },
      'unknown: nobody looked when this step was opened',
    ],
    [
      'lost entries',
      { ...run, gaps: [{ part: 'events', reason: '40 were lost' }] },
      null,
      { action: 'pause', absent: true },
      'unknown: not every event could be seen: 40 were lost',
    ],
    [
      'lost entries in order',
      { ...run, gaps: [{ part: 'events', reason: '40 were lost' }] },
      null,
      { inOrder: [{ action: 'start' }, { action: 'stop' }] },
      'unknown: not every event could be seen: 40 were lost',
    ],
  ])('%s', (_, now, baseline, event, expected) => {
    expect(said({ event }, { now, baseline })).toBe(expected);
  });

  it('what was seen in spite of losses still counts', () => {
    const now = { ...run, gaps: [{ part: 'events', reason: '40 were lost' }] };
    expect(find({ event: { action: 'start' } }, { now }).outcome).toBe('passed');
    expect(find({ event: { action: 'start', absent: true } }, { now }).outcome).toBe('failed');
  });
});
