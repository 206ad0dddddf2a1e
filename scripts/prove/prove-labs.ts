import type { Lab } from '#domain/lab/lab.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import type { Proof } from './proof.ts';
import { proveMutant } from './prove-mutant.ts';
import { proveWalk } from './prove-walk.ts';

interface Job {
  /** Told when the job itself broke down, in place of its proofs. */
  broken: Pick<Proof, 'lab' | 'step' | 'what' | 'kind'>;
  run(): Promise<Proof[]>;
}

function jobsOf(sandboxd: SandboxdClient, lab: Lab): Job[] {
  const walk: Job = {
    broken: { lab: lab.slug, step: '(all)', what: 'the walk through the lab', kind: 'task' },
    run: () => proveWalk(sandboxd, lab),
  };
  const mutants = lab.steps.flatMap(step =>
    step.tasks.flatMap(task =>
      task.mutants.map((mutant): Job => {
        const what = `${task.id} → ${mutant.rejects}: ${mutant.run.replaceAll('\n', ' ⏎ ')}`;
        return {
          broken: { lab: lab.slug, step: step.slug, what, kind: 'mutant' },
          run: () => proveMutant(sandboxd, lab, step, task, mutant),
        };
      }),
    ),
  );
  return [walk, ...mutants];
}

/** Proves labs in several sandboxes at once. A job that breaks down is a failed proof, not an exception. */
export async function proveLabs(
  sandboxd: SandboxdClient,
  labs: readonly Lab[],
  options: { repeat: number; parallel: number; onProof?: (proof: Proof) => void },
): Promise<Proof[]> {
  const jobs = Array.from({ length: options.repeat }, () => labs.flatMap(lab => jobsOf(sandboxd, lab))).flat();
  const results: Proof[][] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index] as Job;
      const proofs = await job
        .run()
        .catch((error: Error): Proof[] => [
          { ...job.broken, passed: false, seen: `could not be tried: ${error.message}`, ms: null },
        ]);
      results[index] = proofs;
      for (const proof of proofs) options.onProof?.(proof);
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, work));
  return results.flat();
}
