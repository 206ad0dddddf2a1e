import { spawn } from 'node:child_process';

/** Longest wait for one command, the lock of iptables included. */
const TIMEOUT_MS = 10_000;

/** Runs a program of the sandbox host and answers its output. Throws with its words when it fails or takes too long. */
export function runTool([program = '', ...args]: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.stderr.on('data', chunk => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(' ')}: exit ${code}: ${errors.trim().slice(0, 500)}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
