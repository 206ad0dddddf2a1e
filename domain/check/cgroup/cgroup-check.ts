import type { CgroupFact } from '#domain/facts/facts.ts';
import { type Condition, judge, met, unmet } from '../conditions.ts';
import { saysState } from '../container/describe-container.ts';
import { resolveContainer } from '../container/resolve-container.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { quoted } from '../quote-learner-text.ts';
import type { Range } from '../spec-fields.ts';
import { LIMITS, type LimitWords } from '../values/limit-text.ts';
import { rangeBounds, showRangeOf } from '../values/range.ts';
import { countOf, joinAnd, pluralFor } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { type CgroupSpec, cgroupSpecSchema } from './cgroup-spec.ts';

function limit(
  words: LimitWords,
  written: string | number,
  actual: (cgroup: CgroupFact) => number | null,
): Condition<CgroupFact> {
  const wanted = words.read(written);
  return {
    demands: `has ${words.show(wanted)}`,
    test: cgroup => (words.same(wanted, actual(cgroup)) ? met : unmet(`has ${words.show(actual(cgroup))}`)),
  };
}

function counted(range: Range, noun: string, actual: (cgroup: CgroupFact) => number | null): Condition<CgroupFact> {
  const { min, max } = rangeBounds(range);
  return {
    demands: `counts ${showRangeOf(range, noun)}`,
    test: cgroup => {
      const count = actual(cgroup);
      if (count === null) return { ok: null, said: `does not count ${pluralFor(0, noun)}` };
      return count >= min && count <= max ? met : unmet(`counts ${countOf(count, noun)}`);
    },
  };
}

function conditionsOf(spec: CgroupSpec): Condition<CgroupFact>[] {
  const conditions: Condition<CgroupFact>[] = [];
  if (spec.memoryLimit !== undefined)
    conditions.push(limit(LIMITS.memory, spec.memoryLimit, one => one.memoryLimitBytes));
  if (spec.cpus !== undefined) conditions.push(limit(LIMITS.cpus, spec.cpus, one => one.cpus));
  if (spec.pidsLimit !== undefined) conditions.push(limit(LIMITS.pids, spec.pidsLimit, one => one.pidsLimit));
  if (spec.frozen !== undefined) {
    const says = (frozen: boolean) => (frozen ? 'is frozen' : 'is not frozen');
    const test = ({ frozen }: CgroupFact) => (frozen === spec.frozen ? met : unmet(says(frozen)));
    conditions.push({ demands: says(spec.frozen), test });
  }
  if (spec.oomKills !== undefined) conditions.push(counted(spec.oomKills, 'out-of-memory kill', one => one.oomKills));
  if (spec.pids !== undefined) conditions.push(counted(spec.pids, 'process', one => one.pids));
  return conditions;
}

function evaluate(spec: CgroupSpec, context: CheckContext): Finding {
  const { now } = context;
  const conditions = conditionsOf(spec);
  const resolved = resolveContainer(spec.of, context);
  const name = quoted(resolved.found ? (resolved.name ?? spec.of) : spec.of);
  const expected = `the cgroup of container ${name} ${joinAnd(conditions.map(condition => condition.demands))}`;
  const where = WHERE.cgroups;
  if (!resolved.found) return { outcome: resolved.outcome, expected, observed: resolved.observed, where: WHERE.api };
  const bound = { container: { id: resolved.id, name: resolved.name }, process: null };
  if (now.cgroups === null) return { outcome: 'unknown', expected, observed: whyUnseen(now, 'cgroups'), where, bound };
  const cgroup = now.cgroups.find(one => one.containerId === resolved.id);
  if (!cgroup) {
    const partial = whyPartial(now, 'cgroups');
    if (partial)
      return { outcome: 'unknown', expected, observed: `not every cgroup could be seen: ${partial}`, where, bound };
    const state = resolved.fact ? `: it ${saysState(resolved.fact, now.at)}` : '';
    return { outcome: 'failed', expected, observed: `container ${name} has no cgroup${state}`, where, bound };
  }
  const { outcome, said } = judge(cgroup, conditions);
  const observed = outcome === 'passed' ? expected : `the cgroup of container ${name} ${joinAnd(said)}`;
  return { outcome, expected, observed, where, bound };
}

/** Limits and counters of a container at the kernel's side. */
export const cgroupCheck: CheckKind<CgroupSpec> = {
  kind: 'cgroup',
  spec: cgroupSpecSchema,
  references: spec => [spec.of],
  needs: () => ({ containers: true, cgroups: true }),
  evaluate,
};
