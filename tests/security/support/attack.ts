import type { Escape } from '#sandboxd/preflight/escape.ts';
import type { Arena } from './arena.ts';

/** What a weakened run takes away, one at a time; `weaken.ts` knows how. */
export const fences = ['userns', 'seccomp', 'network', 'wire', 'limits', 'cgroups', 'observer'] as const;
export type Fence = (typeof fences)[number];

/** One thing that root in a sandbox tries, with the two answers that are possible. */
export interface Attack {
  name: string;
  /** The fence without which it succeeds: the weakened run shows that. Null: several hold, each alone; docs/security.md names them. */
  fence: Fence | null;
  /** Tries it and answers what was seen. Does no harm where it succeeds: canaries, and values written back unchanged. */
  run(arena: Arena): Promise<string>;
  /** What is seen when it was really tried and refused. */
  held: RegExp;
  /** What is seen when it succeeded. */
  bites: RegExp;
}

/** An attack that is a script for root in the sandbox; its output, both streams, is what is seen. */
export function scripted(attack: Omit<Attack, 'run'> & { script: string; timeoutMs?: number }): Attack {
  const { script, timeoutMs, ...rest } = attack;
  return { ...rest, run: arena => arena.attacker(script, timeoutMs) };
}

/** What the preflight of sandboxd tries, as an attack of these tests. */
export function ofEscape({ name, fence, script, held, bites }: Escape): Attack {
  return scripted({ name, fence: fence === 'several' ? null : fence, script, held, bites });
}
