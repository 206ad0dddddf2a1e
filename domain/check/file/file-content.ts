import type { FileFact } from '#domain/facts/facts.ts';
import { type Condition, met, type Tested, unmet, unseen } from '../conditions.ts';
import { quoted } from '../quote-learner-text.ts';
import { matchesGlob } from '../values/glob.ts';
import { joinAnd } from '../values/sentence.ts';
import type { FileSpec } from './file-spec.ts';

type FileCondition = Condition<FileFact>;

const listOf = (texts: string | string[]): string[] => (Array.isArray(texts) ? texts : [texts]);
const KINDS_READ: Record<string, string> = { refused: 'is not a plain file on a plain path' };

/** Hands the content to a test; a file that was cut is `unseen` where the rest could decide otherwise. */
function reading(file: FileFact, test: (content: string) => Tested, restMatters: (tested: Tested) => boolean): Tested {
  if (file.kind !== 'file') return unmet(KINDS_READ[file.kind] ?? `is not a file, but a ${file.kind}`);
  if (file.content === null) return unseen('could not be read');
  const tested = test(file.content);
  return file.truncated && restMatters(tested) ? unseen('is too large to be read whole') : tested;
}

function contains(texts: string[]): FileCondition {
  return {
    demands: `contains ${joinAnd(texts.map(quoted))}`,
    test: file =>
      reading(
        file,
        content => {
          const missing = texts.filter(text => !content.includes(text));
          return missing.length === 0 ? met : unmet(`does not contain ${joinAnd(missing.map(quoted))}`);
        },
        tested => tested.ok === false,
      ),
  };
}

function lacks(texts: string[]): FileCondition {
  return {
    demands: `does not contain ${texts.map(quoted).join(' or ')}`,
    test: file =>
      reading(
        file,
        content => {
          const present = texts.filter(text => content.includes(text));
          return present.length === 0 ? met : unmet(`contains ${joinAnd(present.map(quoted))}`);
        },
        tested => tested.ok === true,
      ),
  };
}

function equals(wanted: string): FileCondition {
  return {
    demands: `contains exactly ${quoted(wanted.trim())}`,
    test: file =>
      reading(
        file,
        content => (content.trim() === wanted.trim() ? met : unmet(`contains ${quoted(content.trim())}`)),
        tested => tested.ok === true,
      ),
  };
}

function matches(pattern: string): FileCondition {
  return {
    demands: `has a line like ${quoted(pattern)}`,
    test: file =>
      reading(
        file,
        content =>
          content.split(/\r?\n/).some(line => matchesGlob(pattern, line))
            ? met
            : unmet(`has no line like ${quoted(pattern)}`),
        tested => tested.ok === false,
      ),
  };
}

/** Conditions on the text of a file. */
export function contentConditions(spec: FileSpec): FileCondition[] {
  const conditions: FileCondition[] = [];
  if (spec.contains !== undefined) conditions.push(contains(listOf(spec.contains)));
  if (spec.lacks !== undefined) conditions.push(lacks(listOf(spec.lacks)));
  if (spec.equals !== undefined) conditions.push(equals(spec.equals));
  if (spec.matches !== undefined) conditions.push(matches(spec.matches));
  return conditions;
}
