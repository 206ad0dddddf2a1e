import { systemCalls } from '#sandboxd/preflight/escapes/system-calls.ts';
import { cgroupFiles } from './attacks/cgroup-files.ts';
import { cgroupFloods } from './attacks/cgroup-floods.ts';
import { onTheChecker } from './attacks/checker.ts';
import { innerContainers } from './attacks/inner-containers.ts';
import { kernelFiles } from './attacks/kernel-files.ts';
import { neighbours } from './attacks/neighbours.ts';
import { network } from './attacks/network.ts';
import { resources } from './attacks/resources.ts';
import { inSandbox, withoutFilter } from './attacks/system-calls.ts';
import type { Arena } from './support/arena.ts';
import type { Fence } from './support/attack.ts';
import { placeCanaries, removeCanaries } from './support/canaries.ts';

const attacks = [
  ...kernelFiles,
  ...cgroupFiles,
  ...innerContainers,
  ...neighbours,
  ...network,
  ...resources,
  ...cgroupFloods,
  ...onTheChecker,
];

/** How an attack went without its fence. */
export interface Trial {
  name: string;
  /** True: it succeeded, as it must here. Null: this machine's kernel refuses it by itself too, so nothing is shown. */
  bites: boolean | null;
  seen: string;
}

/** Runs every attack that only this fence holds back, in a sandbox that lacks it. */
export async function attackWithout(fence: Fence, arena: Arena, told: (trial: Trial) => void): Promise<Trial[]> {
  const trials: Trial[] = [];
  const tell = (trial: Trial) => {
    trials.push(trial);
    told(trial);
  };
  if (fence === 'network') await placeCanaries(arena);
  for (const attack of attacks.filter(each => each.fence === fence)) {
    const seen = await attack.run(arena);
    tell({ name: attack.name, bites: attack.bites.test(seen), seen });
  }
  if (fence === 'network') await removeCanaries(arena);
  if (fence === 'seccomp') for (const trial of await systemCallTrials(arena)) tell(trial);
  return trials;
}

/** A call bites when the kernel itself answers it, that is, as in the control run and not as the filter does. */
async function systemCallTrials(arena: Arena): Promise<Trial[]> {
  const [answers, control] = [await inSandbox(arena), await withoutFilter(arena)];
  return systemCalls.map(({ name, errno }) => {
    const answer = answers.get(name) ?? 'none';
    const decided = control.get(name) !== String(errno);
    return {
      name,
      bites: decided ? answer !== String(errno) && answer !== 'none' : null,
      seen: answer === '0' ? 'done' : `error ${answer}`,
    };
  });
}
