import type { FileFact } from '#domain/facts/facts.ts';
import { type Condition, met, type Tested, unmet, unseen } from '../conditions.ts';
import { quoted } from '../quote-learner-text.ts';
import type { FileSpec } from './file-spec.ts';

type JsonDemand = Exclude<NonNullable<FileSpec['json']>, unknown[]>;

/** Whether two JSON values are equal. As deep as `wanted`, which an author wrote, and no deeper. */
function sameJson(wanted: unknown, actual: unknown): boolean {
  if (wanted === null || typeof wanted !== 'object') return wanted === actual;
  if (actual === null || typeof actual !== 'object' || Array.isArray(wanted) !== Array.isArray(actual)) return false;
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every(key => Object.hasOwn(actual, key) && sameJson(Reflect.get(wanted, key), Reflect.get(actual, key)))
  );
}

/** Follows `runtimes.crun.path` and `hosts.0` through own properties. */
function valueAt(path: string, json: unknown): { found: true; value: unknown } | { found: false } {
  let value = json;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return { found: false };
    value = Reflect.get(value, key);
  }
  return { found: true, value };
}

/** A value for a sentence; what nests too deep to be written out is named by its type. */
function showJson(value: unknown): string {
  try {
    return quoted(JSON.stringify(value) ?? 'undefined');
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

function test(demand: JsonDemand, file: FileFact): Tested {
  if (file.kind !== 'file') return unmet('is not a plain file');
  if (file.content === null) return unseen('could not be read');
  if (file.truncated) return unseen('is too large to be read whole');
  let json: unknown;
  try {
    json = JSON.parse(file.content);
  } catch (error) {
    return unmet(`is not valid JSON: ${quoted(error instanceof Error ? error.message : 'unreadable')}`);
  }
  const at = valueAt(demand.path, json);
  if (!at.found) return unmet(`has no ${quoted(demand.path)}`);
  if (demand.equals === undefined || sameJson(demand.equals, at.value)) return met;
  return unmet(`has ${showJson(at.value)} at ${quoted(demand.path)}`);
}

/** Conditions on the values in a JSON file. */
export function jsonConditions(json: FileSpec['json']): Condition<FileFact>[] {
  const demands = json === undefined ? [] : Array.isArray(json) ? json : [json];
  return demands.map(demand => {
    const value = demand.equals === undefined ? 'a value' : showJson(demand.equals);
    return { demands: `has ${value} at ${quoted(demand.path)}`, test: file => test(demand, file) };
  });
}
