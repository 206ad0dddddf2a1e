import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskVerdict } from '#domain/check/verdict.ts';
import type { Lab, Question, Step, Task } from '#domain/lab/lab.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import type { Proof } from './proof.ts';
import { inFreshSandbox, type ProofSandbox } from './proof-sandbox.ts';
import { proveLimits } from './prove-limits.ts';
import { openStep, type StepLook } from './step-look.ts';

/** The checks that did not pass, each with what was seen. */
export function complaints(verdict: TaskVerdict): string {
  return verdict.checks
    .filter(check => check.outcome !== 'passed')
    .map(check => `${check.check} ${check.outcome}: ${check.observed}`)
    .join('; ');
}

async function untilPassed(look: StepLook, task: Task): Promise<{ verdict: TaskVerdict; ms: number }> {
  const began = performance.now();
  for (;;) {
    const verdict = await look.task(task);
    const ms = performance.now() - began;
    if (verdict.outcome === 'passed' || ms > proveLimits.passWithinMs) return { verdict, ms: Math.round(ms) };
    await sleep(proveLimits.lookEveryMs);
  }
}

async function proveTask(sandbox: ProofSandbox, look: StepLook, task: Task): Promise<Omit<Proof, 'lab' | 'step'>> {
  const proof = { what: task.id, kind: 'task' as const };
  const before = await look.task(task);
  const printed = await sandbox.terminal.type(task.solution);
  if (before.outcome === 'passed') {
    return { ...proof, passed: false, ms: null, seen: 'it is passed before its solution was typed' };
  }
  const { verdict, ms } = await untilPassed(look, task);
  if (verdict.outcome === 'passed') return { ...proof, passed: true, ms, seen: `green after ${ms} ms` };
  return {
    ...proof,
    passed: false,
    ms: null,
    seen: `${complaints(verdict)}; the terminal said: ${printed.slice(-300)}`,
  };
}

/** Whether a fact agrees with the answer that the author wrote beside it, where that can be told. */
function contradicts(question: Question, value: string | number): boolean {
  return question.kind === 'number' && Math.abs(question.value - Number(value)) > question.tolerance;
}

async function proveQuestion(
  look: StepLook,
  question: Question,
  query: 'answer' | 'reveal',
): Promise<Omit<Proof, 'lab' | 'step'>[]> {
  const fact = query === 'reveal' ? question.reveal?.fact : question.kind === 'live' ? question.answer : null;
  if (!fact) return [];
  const reading = await look.fact(fact);
  const proof = { what: question.id, kind: 'question' as const, ms: null };
  if (!reading.known) return [{ ...proof, passed: false, seen: `the ${query} cannot be read: ${reading.reason}` }];
  if (contradicts(question, reading.value)) {
    return [{ ...proof, passed: false, seen: `the sandbox shows ${reading.shown}, the lab says otherwise` }];
  }
  return [{ ...proof, passed: true, seen: `the ${query} is ${reading.shown}` }];
}

async function proveStep(sandbox: ProofSandbox, lab: Lab, step: Step): Promise<Omit<Proof, 'lab' | 'step'>[]> {
  const look = await openStep(sandbox, step);
  const proofs: Omit<Proof, 'lab' | 'step'>[] = [];
  const revealedBy = (task: string) =>
    lab.steps.flatMap(other => other.questions).filter(question => question.reveal?.after === task);
  for (const task of step.tasks) {
    proofs.push(await proveTask(sandbox, look, task));
    for (const question of revealedBy(task.id)) proofs.push(...(await proveQuestion(look, question, 'reveal')));
  }
  for (const question of step.questions) proofs.push(...(await proveQuestion(look, question, 'answer')));
  return proofs;
}

/**
 * Walks through a lab as a learner who knows all solutions: before each step's first task the sandbox is as the earlier
 * solutions left it. Each task must be open, then turn green in time; each live answer and reveal must be readable.
 */
export function proveWalk(sandboxd: SandboxdClient, lab: Lab): Promise<Proof[]> {
  return inFreshSandbox(sandboxd, lab.egress, async sandbox => {
    const proofs: Proof[] = [];
    for (const step of lab.steps) {
      const found = await proveStep(sandbox, lab, step);
      proofs.push(...found.map(proof => ({ lab: lab.slug, step: step.slug, ...proof })));
    }
    return proofs;
  });
}
