import type { Facts } from '#domain/facts/facts.ts';
import type { Bindings, NeedsPart } from './kind.ts';
import { readContainer } from './query/container-query.ts';
import { readDaemon } from './query/daemon-query.ts';
import { readCgroup, readEvents, readFile, readImage } from './query/object-queries.ts';
import { readProcess } from './query/process-query.ts';
import type { FactQuery } from './query/query-spec.ts';
import { type Reading, unknown } from './query/reading.ts';

export { matchesLive } from './query/matches-live.ts';

/**
 * Reads the value a query means: the right answer of a live question, or what a prediction reveals.
 * @param bindings findings of the step's tasks ({@link examineTask}), for queries that refer to a check.
 * @param baseline facts of when the step was opened: events count from there, and names are known while dockerd is dead.
 */
export function readFact(
  query: FactQuery,
  facts: Facts,
  bindings: Bindings = {},
  baseline: Facts | null = null,
): Reading {
  const scope = { now: facts, baseline, bindings };
  if ('process' in query) return readProcess(query.process, query.show, scope);
  if ('container' in query) return readContainer(query.container, query.show, scope);
  if ('daemon' in query) return readDaemon(query.daemon, query.show, facts);
  if ('image' in query) return readImage(query, facts);
  if ('event' in query) return readEvents(query, scope);
  if ('cgroup' in query) return readCgroup(query, scope);
  if ('file' in query) return readFile(query, scope);
  return unknown('the question does not say what to look at');
}

/** The facts a query needs; see `needsOfQuery`. */
export function partOfQuery(query: FactQuery, containerName: (reference: string) => string): NeedsPart {
  if ('process' in query) return { processes: true, containers: query.process.of !== undefined };
  if ('container' in query) return { containers: true, images: query.container.image !== undefined };
  if ('daemon' in query) return { daemon: true };
  if ('image' in query) return { images: true };
  if ('event' in query) return { events: true, containers: query.event.of !== undefined };
  if ('cgroup' in query) return { containers: true, cgroups: true };
  const { path, of } = query.file;
  return of === undefined
    ? { files: [{ path, container: null }] }
    : { containers: true, files: [{ path, container: containerName(of) }] };
}

/** The check id or container name a query refers to. */
export function referencesOfQuery(query: FactQuery): string[] {
  const subject = Object.entries(query).find(([key]) => key !== 'show')?.[1];
  const of = subject && typeof subject === 'object' && 'of' in subject ? subject.of : undefined;
  return typeof of === 'string' ? [of] : [];
}
