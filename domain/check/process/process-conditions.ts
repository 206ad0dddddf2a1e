import type { ProcessFact } from '#domain/facts/facts.ts';
import { CHECK_LIMITS } from '../check-limits.ts';
import { type Condition, met, type Tested, unmet } from '../conditions.ts';
import type { ProcessQuery } from '../query/query-spec.ts';
import { quoted } from '../quote-learner-text.ts';
import { joinAnd } from '../values/sentence.ts';
import { showContainer, showParent } from './describe-process.ts';
import { isShim, type ProcessView, runsExe } from './process-view.ts';

type ProcessCondition = Condition<ProcessFact>;

/** `pid 1` or an executable, as `parent` and `ancestor` take them. */
function isWho(wanted: string, process: ProcessFact): boolean {
  const pid = /^pid (\d+)$/i.exec(wanted)?.[1];
  return pid === undefined ? runsExe(wanted, process) : process.pid === Number(pid);
}
const showWho = (wanted: string): string => (/^pid \d+$/i.test(wanted) ? wanted.toUpperCase() : quoted(wanted));

function ancestorsOf(process: ProcessFact, view: ProcessView): ProcessFact[] {
  const ancestors: ProcessFact[] = [];
  let next = view.byPid.get(process.ppid);
  while (next && ancestors.length < CHECK_LIMITS.ancestors && !ancestors.includes(next)) {
    ancestors.push(next);
    next = view.byPid.get(next.ppid);
  }
  return ancestors;
}

function ofContainer(process: ProcessFact, view: ProcessView): Tested {
  const { container } = view;
  if (container === null || process.containerId === container.id) return met;
  if (isShim(process)) {
    if (container.main?.ppid === process.pid) return met;
    const held = view.processes.find(child => child.ppid === process.pid && child.containerId !== null);
    return unmet(held?.containerId ? `is the shim of ${showContainer(held.containerId, view)}` : 'holds no container');
  }
  return unmet(
    process.containerId === null ? 'is in no container' : `is in ${showContainer(process.containerId, view)}`,
  );
}

/** Conditions of a selector but for `exe`. `of` must have been resolved into the view. */
export function processConditions(spec: ProcessQuery, view: ProcessView): ProcessCondition[] {
  const conditions: ProcessCondition[] = [];
  if (spec.of !== undefined) {
    // Said by the subject ("process `nginx` of container `web`"), so it demands nothing more.
    conditions.push({ demands: '', test: process => ofContainer(process, view) });
  }
  if (spec.main) {
    conditions.push({
      demands: 'is the main process of its container',
      test: process =>
        process.pid === view.container?.main?.pid ||
        (view.container === null && process.innerPid === 1 && process.containerId !== null)
          ? met
          : unmet('is not the main process'),
    });
  }
  if (spec.inContainer !== undefined) {
    const says = (inside: boolean) => (inside ? 'runs in a container' : 'runs outside the containers');
    conditions.push({
      demands: says(spec.inContainer),
      test: process => {
        const inside = process.containerId !== null;
        return inside === spec.inContainer ? met : unmet(says(inside));
      },
    });
  }
  if (spec.argv !== undefined) {
    const texts = Array.isArray(spec.argv) ? spec.argv : [spec.argv];
    conditions.push({
      demands: `has arguments with ${joinAnd(texts.map(quoted))}`,
      test: ({ argv }) =>
        texts.every(text => argv.some(argument => argument.includes(text)))
          ? met
          : unmet(`has the arguments ${quoted(argv.join(' '))}`),
    });
  }
  const { parent, ancestor } = spec;
  if (parent !== undefined) {
    conditions.push({
      demands: `has the parent ${showWho(parent)}`,
      test: process => {
        const actual = view.byPid.get(process.ppid);
        return actual && isWho(parent, actual)
          ? met
          : unmet(`has ${process.ppid === 0 ? 'its' : 'the'} parent ${showParent(process, view.byPid)}`);
      },
    });
  }
  if (ancestor !== undefined) {
    conditions.push({
      demands: `descends from ${showWho(ancestor)}`,
      test: process =>
        ancestorsOf(process, view).some(one => isWho(ancestor, one))
          ? met
          : unmet(`does not descend from ${showWho(ancestor)}; its parent is ${showParent(process, view.byPid)}`),
    });
  }
  if (spec.uid !== undefined) {
    conditions.push({
      demands: `runs as user id ${spec.uid}`,
      test: ({ uid }) => (uid === spec.uid ? met : unmet(`runs as user id ${uid}`)),
    });
  }
  return conditions;
}
