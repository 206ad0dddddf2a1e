import { spawn } from 'node:child_process';

export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Called with each line of output as it comes. */
  onLine?: (line: string) => void;
  timeoutMs?: number;
}

/** Runs a program without a shell and gathers its output. Never rejects because of the exit code; a missing program is code 127. */
export function tryRun(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise(resolve => {
    const child = spawn(file, args, { cwd: options.cwd, env: options.env ?? process.env, timeout: options.timeoutMs });
    const result: RunResult = { code: 0, stdout: '', stderr: '' };
    const take = (key: 'stdout' | 'stderr') => (chunk: Buffer) => {
      const text = chunk.toString();
      result[key] += text;
      for (const line of text.split('\n')) if (line.trim() !== '') options.onLine?.(line.trim());
    };
    child.stdout.on('data', take('stdout'));
    child.stderr.on('data', take('stderr'));
    child.on('error', error => resolve({ ...result, code: 127, stderr: error.message }));
    child.on('close', code => resolve({ ...result, code: code ?? 1 }));
    child.stdin.on('error', () => {}); // it may end without reading
    child.stdin.end(options.input ?? '');
  });
}

/** Like tryRun, but a failure throws with the tail of what the program said. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await tryRun(file, args, options);
  if (result.code === 0) return result.stdout;
  const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-30).join('\n');
  throw new Error(`${file} ${args.slice(0, 4).join(' ')} … ended with code ${result.code}:\n${tail}`);
}
