import { evaluateTask } from '#domain/check/evaluate.ts';
import type { CheckSpec } from '#domain/check/spec.ts';
import type { Verdict } from '#domain/check/verdict.ts';
import type { FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { Arena } from './arena.ts';

/** Longest wait for facts whatever a learner does: the observer's own bound and some for a busy machine. */
export const FACTS_MS = 9_000;

/** Looks at the attacker's sandbox; fails when that takes longer than promised or answers more than it should. */
export async function look(arena: Arena, needs: Partial<FactNeeds>): Promise<Facts> {
  const began = performance.now();
  const facts = await arena.client.call('facts.get', { sandboxId: arena.own.id, needs });
  const ms = performance.now() - began;
  if (ms > FACTS_MS) throw new Error(`facts took ${Math.round(ms)} ms`);
  const size = JSON.stringify(facts).length;
  if (size > 8 * 1024 * 1024) throw new Error(`facts of ${size} bytes`);
  return facts;
}

/** What a check says of these facts. */
export function verdict(facts: Facts, spec: CheckSpec): Verdict {
  const checks = [{ id: 'check', spec, holds: false }];
  const [one] = evaluateTask({ id: 'task', checks }, { now: facts, baseline: null, answers: {} }).checks;
  if (!one) throw new Error('no verdict');
  return one;
}
