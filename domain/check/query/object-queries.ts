import type { Facts } from '#domain/facts/facts.ts';
import { type ReferenceScope, resolveContainer } from '../container/resolve-container.ts';
import { eventsSince, readyMatcher } from '../event/event-match.ts';
import { findFile } from '../file/file-check.ts';
import { whyFileUnseen, whyPartial, whyUnseen } from '../gaps.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import { imageGoesBy } from '../values/image-match.ts';
import { showSize } from '../values/size.ts';
import type { FactQuery } from './query-spec.ts';
import { id, known, limit, number, type Reading, size, unknown } from './reading.ts';

type QueryOf<Subject extends string> = Extract<FactQuery, Record<Subject, unknown>>;

/** Reads one value of an image. */
export function readImage({ image: { reference }, show }: QueryOf<'image'>, facts: Facts): Reading {
  if (facts.images === null) return unknown(whyUnseen(facts, 'images'));
  const partial = whyPartial(facts, 'images');
  const matches = facts.images.filter(image => reference === undefined || imageGoesBy(reference, image));
  if (partial !== null && (show === 'count' || matches.length !== 1))
    return unknown(`not every image could be seen: ${partial}`);
  if (show === 'count') return known(matches.length);
  const [image, ...others] = matches;
  if (!image) return unknown(reference === undefined ? 'there is no image' : `there is no image ${quoted(reference)}`);
  if (others.length > 0) return unknown(`there are ${matches.length} such images`);
  if (show === 'id') return id(image.id);
  if (show === 'bytes') return size(image.bytes, '');
  const digest = image.digests[0]?.split('@').at(-1);
  return digest === undefined ? unknown('the image has no digest: it came from no registry') : id(digest);
}

/** Reads the sequence or number of events. */
export function readEvents({ event, show }: QueryOf<'event'>, scope: ReferenceScope): Reading {
  const { now } = scope;
  const events = eventsSince(scope);
  if (events === null) return unknown(whyUnseen(now, 'events'));
  const partial = whyPartial(now, 'events');
  if (partial !== null) return unknown(`not every event could be seen: ${partial}`);
  const matcher = readyMatcher(event, scope);
  if (matcher.unknown !== null) return unknown(matcher.unknown);
  const matches = events.filter(matcher.matches);
  if (show === 'count') return known(matches.length);
  if (matches.length === 0) return unknown(`there was no ${matcher.says}`);
  // "exec_create: sh -c …" carries the command: the sequence is of actions.
  const sequence = matches.map(match => match.action.split(':')[0] ?? match.action).join(', ');
  return known(sequence, quoteLearnerText(sequence));
}

/** Reads one value of a container's cgroup. */
export function readCgroup({ cgroup: { of }, show }: QueryOf<'cgroup'>, scope: ReferenceScope): Reading {
  const { now } = scope;
  const resolved = resolveContainer(of, scope);
  if (!resolved.found) return unknown(resolved.observed);
  if (now.cgroups === null) return unknown(whyUnseen(now, 'cgroups'));
  const cgroup = now.cgroups.find(one => one.containerId === resolved.id);
  if (!cgroup) return unknown(`container ${quoted(resolved.name ?? of)} has no cgroup now`);
  if (show === 'memoryLimit') return limit(cgroup.memoryLimitBytes, showSize);
  if (show === 'memory') return size(cgroup.memoryBytes, 'the kernel does not count its memory');
  if (show === 'frozen') return known(cgroup.frozen ? 'on' : 'off', cgroup.frozen ? 'frozen' : 'not frozen');
  if (show === 'cpus' || show === 'pidsLimit') return limit(cgroup[show]);
  return number(cgroup[show], 'the kernel does not count it');
}

/** Reads one value of a file. */
export function readFile({ file: { path, of }, show }: QueryOf<'file'>, scope: ReferenceScope): Reading {
  const resolved = of === undefined ? null : resolveContainer(of, scope);
  if (resolved?.found === false) return unknown(resolved.observed);
  const file = findFile(scope.now, path, resolved === null ? null : (resolved.name ?? of ?? null));
  if (file === null) return unknown(whyFileUnseen(scope.now, path));
  const name = quoted(path);
  if (show === 'kind') return known(file.kind);
  if (file.kind === 'absent') return unknown(`${name} is not there`);
  if (show === 'bytes') return size(file.bytes, `${name} does not tell its size`);
  if (show === 'owner') return file.uid === null ? unknown(`${name} does not tell its owner`) : known(file.uid);
  if (show === 'mode') {
    if (file.mode === null) return unknown(`${name} does not tell its mode`);
    return known(`0${(file.mode & 0o7777).toString(8).padStart(3, '0')}`);
  }
  if (file.content === null || file.truncated) return unknown(`${name} could not be read whole`);
  const content = file.content.trim();
  return known(content, quoteLearnerText(content));
}
