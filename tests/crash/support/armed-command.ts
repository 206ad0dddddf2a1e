import { spawn } from 'node:child_process';

/** A command that waits, started already, for the moment in which it is needed. */
export interface ArmedCommand {
  /** Lets it go; resolves once it has ended. */
  fire(): Promise<void>;
}

/**
 * Starts `argv` (a wrapper such as `docker exec -i X`) around a script that runs within milliseconds when fired;
 * `before` runs at once.
 */
export async function armCommand(argv: readonly string[], script: string, before = ':'): Promise<ArmedCommand> {
  const [program = '', ...args] = [...argv, 'sh', '-c', `${before}; echo armed; read -r go; ${script}`];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const armed = await Promise.race([
    new Promise<boolean>(resolve => child.stdout.once('data', () => resolve(true))),
    ended.then(() => false),
  ]);
  if (!armed) throw new Error(`${argv.join(' ')} did not start`);
  return {
    async fire() {
      child.stdin.end('\n');
      const code = await ended;
      if (code !== 0) throw new Error(`${script}: exit ${code}`);
    },
  };
}
