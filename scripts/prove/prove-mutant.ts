import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab, Mutant, Step, Task } from '#domain/lab/lab.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import type { Proof } from './proof.ts';
import { inFreshSandbox } from './proof-sandbox.ts';
import { proveLimits } from './prove-limits.ts';
import { complaints } from './prove-walk.ts';
import { openStep, type StepLook } from './step-look.ts';

/**
 * Looks until the named check refuses and goes on refusing. A single look that finds the task passed ends it: the
 * platform would have latched that.
 */
async function refusal(look: StepLook, task: Task, mutant: Mutant): Promise<{ passed: boolean; seen: string }> {
  const deadline = Date.now() + proveLimits.refuseWithinMs;
  let refusedSince: number | null = null;
  for (;;) {
    const verdict = await look.task(task);
    if (verdict.outcome === 'passed') return { passed: false, seen: 'the task was passed' };
    const named = verdict.checks.find(check => check.check === mutant.rejects);
    if (named?.outcome === 'failed') {
      refusedSince ??= Date.now();
      if (Date.now() - refusedSince >= proveLimits.refusalStandsMs) return { passed: true, seen: named.observed };
    } else refusedSince = null;
    if (Date.now() > deadline) {
      return { passed: false, seen: `not refused by ${mutant.rejects} (${named?.observed}): ${complaints(verdict)}` };
    }
    await sleep(proveLimits.lookEveryMs);
  }
}

/** One wrong way in a sandbox of its own: the earlier solutions, then the mutant in place of the task's own. */
export function proveMutant(
  sandboxd: SandboxdClient,
  lab: Lab,
  step: Step,
  task: Task,
  mutant: Mutant,
): Promise<Proof[]> {
  return inFreshSandbox(sandboxd, lab.egress, async sandbox => {
    for (const earlier of lab.steps.slice(0, lab.steps.indexOf(step))) {
      for (const { solution } of earlier.tasks) await sandbox.terminal.type(solution);
    }
    const look = await openStep(sandbox, step);
    for (const { solution } of step.tasks.slice(0, step.tasks.indexOf(task))) await sandbox.terminal.type(solution);
    await sandbox.terminal.type(mutant.run);
    const { passed, seen } = await refusal(look, task, mutant);
    const what = `${task.id} → ${mutant.rejects}: ${mutant.run.replaceAll('\n', ' ⏎ ')}`;
    return [{ lab: lab.slug, step: step.slug, what, kind: 'mutant', passed, seen, ms: null }];
  });
}
