import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { stopProcess } from '#tests/support/processes.ts';

type Said = { ready?: string; proof?: string; failed?: string };

/** A hostile learner, in a process of his own. */
export interface Attacker {
  /** Starts an attack that lasts so long; what it returns resolves with the proof that it happened, or rejects. */
  attack(name: string, seconds: number): Promise<string>;
  leave(): Promise<void>;
}

export async function startAttacker(url: string): Promise<Attacker> {
  // It stands for another machine: what its own work takes of this one is not the platform's. In a session of its own, since
  // the kernel may count niceness within sessions.
  const program = [process.execPath, fileURLToPath(new URL('./attacker.ts', import.meta.url)), url];
  const child = spawn('nice', ['-n', '19', ...program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const lines = createInterface({ input: child.stdout });
  const next = async (withinMs: number): Promise<Said> => {
    const ended = once(child, 'exit').then(() => ['{"failed":"the attacker ended"}']);
    const late = AbortSignal.timeout(withinMs);
    const [text] = await Promise.race([once(lines, 'line', { signal: late }), ended]);
    return JSON.parse(String(text)) as Said;
  };
  const { failed } = await next(benchLimits.patienceMs);
  if (failed) throw new Error(failed);
  return {
    async attack(name, seconds) {
      child.stdin.write(`${JSON.stringify({ attack: name, seconds })}\n`);
      const said = await next(seconds * 1_000 + benchLimits.attackGraceMs);
      if (said.proof === undefined) throw new Error(`${name}: ${said.failed}`);
      return said.proof;
    },
    async leave() {
      if (child.exitCode !== null) return;
      child.stdin.write(`${JSON.stringify({ attack: 'leave', seconds: 0 })}\n`);
      await Promise.race([once(child, 'exit'), new Promise(resolve => setTimeout(resolve, 10_000).unref())]);
      await stopProcess(child, 'SIGKILL');
    },
  };
}
