import { spawn } from 'node:child_process';

/** Bounds of one script in a throw-away sandbox. */
export const runLimits = {
  /** Two to five seconds on a quiet machine. */
  timeoutMs: 90_000,
  /** All scripts together print some 10 kB. */
  outputBytes: 512 * 1024,
};

/**
 * Runs a script as root in a container, by the engine's own exec; what it prints, as far as it came. For a sandbox that
 * no learner had: nothing in it may hold an exec back. Rejects when the docker command cannot be run.
 */
export function runAsRoot(containerId: string, script: string, dockerSocket: string): Promise<string> {
  const args = ['--host', `unix://${dockerSocket}`, 'exec', '-i', '-u', 'root', containerId, 'bash'];
  // Nothing else of our environment: it is no business of docker's.
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: '/root',
  } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      stdio: 'pipe',
      env,
      timeout: runLimits.timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > runLimits.outputBytes) child.kill('SIGKILL');
    });
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => resolve(output));
    // It may end before it has read all of it.
    child.stdin.on('error', () => {});
    child.stdin.end(script);
  });
}
