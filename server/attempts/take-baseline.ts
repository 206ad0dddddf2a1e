import { findBaseline, saveBaseline } from '#data/attempt-steps.ts';
import { system } from '#data/system.ts';
import { needsOf } from '#domain/check/needs.ts';
import type { Step } from '#domain/lab/lab.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { Baseline, LiveAttempt } from './live-attempt.ts';

/** A look with gaps makes a poor baseline; after this many we take what there is, or its checks would stay unknown. */
const enoughTries = 5;

/**
 * The facts at the moment the step was opened, once per sandbox: another sandbox needs another baseline. Null when it
 * cannot be taken whole now; checks that compare with it are unknown until then.
 */
export async function takeBaseline(
  deps: AttemptDeps,
  live: LiveAttempt,
  step: Step,
  sandboxId: string,
): Promise<Baseline | null> {
  const known = live.baselines.get(step.slug) ?? (await readBaseline(deps, live, step));
  if (known?.sandboxId === sandboxId) return known;
  const facts = await deps.sandboxd.call('facts.get', { sandboxId, needs: needsOf(step.tasks, { baselineSeq: null }) });
  live.baselineTries += 1;
  if (facts.gaps.length > 0 && live.baselineTries < enoughTries) return null;
  live.baselineTries = 0;
  await saveBaseline(deps.db, system, live.id, step.slug, sandboxId, facts);
  const baseline = { sandboxId, facts };
  live.baselines.set(step.slug, baseline);
  return baseline;
}

async function readBaseline(deps: AttemptDeps, live: LiveAttempt, step: Step): Promise<Baseline | null> {
  const kept = await findBaseline(deps.db, system, live.id, step.slug);
  return kept?.sandboxId ? { sandboxId: kept.sandboxId, facts: kept.facts } : null;
}
