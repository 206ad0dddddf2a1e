import type { Facts, FileFact } from '#domain/facts/facts.ts';
import { type Condition, judge, met, unmet, unseen } from '../conditions.ts';
import { resolveContainer } from '../container/resolve-container.ts';
import { whyFileUnseen } from '../gaps.ts';
import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import { joinAnd } from '../values/sentence.ts';
import { parseSize, showSize } from '../values/size.ts';
import { WHERE, whereFile } from '../where.ts';
import { contentConditions } from './file-content.ts';
import { jsonConditions } from './file-json.ts';
import { type FileSpec, fileSpecSchema } from './file-spec.ts';

type FileCondition = Condition<FileFact>;

const A_KIND: Record<FileFact['kind'], string> = {
  file: 'is a file',
  directory: 'is a directory',
  socket: 'is a socket',
  symlink: 'is a symbolic link',
  other: 'is neither file, directory, socket nor link',
  absent: 'is not there',
  refused: 'is there, but not as a plain file on a plain path, and is not followed',
};

const showMode = (mode: number): string => `0${(mode & 0o7777).toString(8).padStart(3, '0')}`;

function mode(wanted: string): FileCondition {
  const bits = Number.parseInt(wanted, 8);
  return {
    demands: `has mode ${showMode(bits)}`,
    test: file => {
      if (file.mode === null) return unseen('does not tell its mode');
      return (file.mode & 0o7777) === bits ? met : unmet(`has mode ${showMode(file.mode)}`);
    },
  };
}

function owner(wanted: string): FileCondition {
  const [user, group] = wanted.split(':').map(Number);
  const show = (uid: number | undefined, gid: number | undefined) =>
    `belongs to user ${uid}${gid === undefined ? '' : `, group ${gid}`}`;
  return {
    demands: show(user, group),
    test: ({ uid, gid }) => {
      if (uid === null || gid === null) return unseen('does not tell its owner');
      return uid === user && (group === undefined || gid === group) ? met : unmet(show(uid, gid));
    },
  };
}

function maxSize(written: string | number): FileCondition {
  const most = parseSize(written) ?? Number.POSITIVE_INFINITY;
  return {
    demands: `is no larger than ${showSize(most)}`,
    test: ({ bytes }) => {
      if (bytes === null) return unseen('does not tell its size');
      return bytes <= most ? met : unmet(`has ${showSize(bytes)}`);
    },
  };
}

const isThere: FileCondition = {
  demands: 'is there',
  test: file => (file.kind === 'absent' ? unmet(A_KIND.absent) : met),
};

function conditionsOf(spec: FileSpec): FileCondition[] {
  if (spec.absent)
    return [{ demands: 'is not there', test: ({ kind }) => (kind === 'absent' ? met : unmet(A_KIND[kind])) }];
  const conditions = [...contentConditions(spec), ...jsonConditions(spec.json)];
  const { kind } = spec;
  if (kind !== undefined) {
    conditions.unshift({ demands: A_KIND[kind], test: file => (file.kind === kind ? met : unmet(A_KIND[file.kind])) });
  }
  if (spec.mode !== undefined) conditions.push(mode(spec.mode));
  if (spec.owner !== undefined) conditions.push(owner(spec.owner));
  if (spec.maxSize !== undefined) conditions.push(maxSize(spec.maxSize));
  return conditions.length === 0 ? [isThere] : conditions;
}

/** The file as the facts have it; null when it was not looked at. */
export function findFile(facts: Facts, path: string, container: string | null): FileFact | null {
  return facts.files?.find(file => file.path === path && file.container === container) ?? null;
}

function evaluate(spec: FileSpec, context: CheckContext): Finding {
  const conditions = conditionsOf(spec);
  const name = quoted(spec.path);
  const expected = `${name} ${joinAnd(conditions.map(condition => condition.demands))}`;
  const resolved = spec.of === undefined ? null : resolveContainer(spec.of, context);
  if (resolved?.found === false) {
    return { outcome: resolved.outcome, expected, observed: resolved.observed, where: WHERE.api };
  }
  const container = resolved === null ? null : (resolved.name ?? spec.of ?? null);
  const where = whereFile(container);
  const file = findFile(context.now, spec.path, container);
  if (file === null) return { outcome: 'unknown', expected, observed: whyFileUnseen(context.now, spec.path), where };
  if (file.kind === 'absent' && !spec.absent)
    return { outcome: 'failed', expected, observed: `${name} is not there`, where };
  const { outcome, said } = judge(file, conditions);
  const observed = outcome === 'passed' ? expected : `${name} ${joinAnd(said)}`;
  return { outcome, expected, observed, where };
}

/** A file of the sandbox or of a container, read from outside without following links. */
export const fileCheck: CheckKind<FileSpec> = {
  kind: 'file',
  spec: fileSpecSchema,
  references: spec => (spec.of === undefined ? [] : [spec.of]),
  needs: ({ path, of }, containerName) =>
    of === undefined
      ? { files: [{ path, container: null }] }
      : { containers: true, files: [{ path, container: containerName(of) }] },
  evaluate,
};
