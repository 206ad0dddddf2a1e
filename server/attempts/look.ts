import { system } from '#data/system.ts';
import { recordVerdict } from '#data/verdicts.ts';
import { attemptLimits } from '#domain/attempt/attempt-limits.ts';
import { nextTaskState } from '#domain/attempt/next-task-state.ts';
import { examineTask } from '#domain/check/evaluate.ts';
import { mergeNeeds, needsOf, needsOfQuery } from '#domain/check/needs.ts';
import type { TaskVerdict } from '#domain/check/verdict.ts';
import type { FactNeeds } from '#domain/facts/facts.ts';
import type { Step } from '#domain/lab/lab.ts';
import { evaluationSeconds, verdictSeconds, verdicts as verdictsCounted } from '../metrics/metrics.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { pendingReveals, revealPredictions } from './reveal-predictions.ts';
import { takeBaseline } from './take-baseline.ts';

/**
 * Looks at the sandbox once and folds what is seen into the tasks of a step: persists and publishes what is new, reveals
 * predictions that are due. Must run inside the attempt's queue. Returns this look's verdicts; none without a sandbox.
 */
export async function look(
  deps: AttemptDeps,
  live: LiveAttempt,
  step: Step,
  /** The task that the learner asked about with "Check now". */
  asked: string | null = null,
): Promise<TaskVerdict[]> {
  const { sandbox } = live;
  const noticedBefore = live.noticedAt;
  live.noticedAt = null;
  live.factsRead = 0;
  if (live.record.status !== 'active' || step.tasks.length === 0 || !isLiving(sandbox)) return [];
  const baseline = await takeBaseline(deps, live, step, sandbox.id);
  const needs = needsOfStep(live, step, baseline?.facts.seq ?? null);
  live.readsFiles = needs.files.length > 0;
  await watchProcesses(deps, live, sandbox.id, needs);
  const facts = await deps.sandboxd.call('facts.get', { sandboxId: sandbox.id, needs });
  live.factsRead = (facts.events?.length ?? 0) + (facts.processes?.length ?? 0);
  // What was noticed while the facts were gathered may be among them.
  const noticedAt = noticedBefore ?? live.noticedAt;
  const answers = Object.fromEntries([...live.answers].map(([id, { correct }]) => [id, { correct }]));

  const verdicts: TaskVerdict[] = [];
  for (const task of step.tasks) {
    const evaluated = evaluationSeconds.startTimer();
    const { verdict, bindings } = examineTask(task, { now: facts, baseline: baseline?.facts ?? null, answers });
    evaluated();
    verdicts.push(verdict);
    const counted = task.id === asked && verdict.outcome === 'failed';
    const change = nextTaskState(live.taskState(task.id), verdict);
    if (change.news || counted) {
      const recorded = await recordVerdict(deps.db, system, { attemptId: live.id, verdict, facts, counted });
      const { verdictId: _, ...state } = recorded.task;
      live.setTask(state);
      deps.onProgress(live.record);
      verdictsCounted.inc({ outcome: verdict.outcome });
      if (change.news && noticedAt !== null) verdictSeconds.observe(Math.max(0, deps.now() - noticedAt) / 1_000);
    }
    if (live.taskState(task.id).passedAt !== null) await revealPredictions(deps, live, task.id, facts, bindings);
  }
  return verdicts;
}

/** The union for the step's tasks, and for what their passing would reveal: a reveal shows the facts that passed. */
function needsOfStep(live: LiveAttempt, step: Step, baselineSeq: number | null): FactNeeds {
  let needs = needsOf(step.tasks, { baselineSeq });
  for (const { question } of step.tasks.flatMap(task => pendingReveals(live, task.id))) {
    if (question.reveal?.fact) needs = mergeNeeds(needs, needsOfQuery(question.reveal.fact, step.tasks));
    if (question.kind === 'live') needs = mergeNeeds(needs, needsOfQuery(question.answer, step.tasks));
  }
  return needs;
}

/** Process changes make no Docker event; sandboxd reports them while somebody looks at a check that needs them. */
async function watchProcesses(
  deps: AttemptDeps,
  live: LiveAttempt,
  sandboxId: string,
  needs: FactNeeds,
): Promise<void> {
  const wanted = live.watched && (needs.processes || needs.daemon);
  if (!wanted || live.processesWatchedUntil - deps.now() > attemptLimits.watchProcessesMs / 2) return;
  await deps.sandboxd.call('facts.watch-processes', { sandboxId, forMs: attemptLimits.watchProcessesMs });
  live.processesWatchedUntil = deps.now() + attemptLimits.watchProcessesMs;
}
