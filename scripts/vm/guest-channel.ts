import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { unwrapAnswer, wrapCommand } from './guest-words.ts';
import { vmLimits } from './vm-limits.ts';

interface GuestRun {
  /** The command's standard input. */
  input?: NodeJS.ReadableStream;
  /** Called with output as it comes. */
  onText?: (text: string) => void;
  timeoutMs?: number;
}

/** Output kept for the answer; a run's own log goes by `onText`. */
const KEPT = 4 * 1024 * 1024;

/** Runs a shell command as root in the guest; answers its exit code and its output, both streams together. */
export async function tryInGuest(
  container: string,
  command: string,
  run: GuestRun = {},
): Promise<{ code: number; output: string }> {
  // Through QEMU's own forwarding inside its container: no port of this machine is opened.
  const child = spawn('docker', ['exec', '-i', container, 'socat', '-t', '86400', '-', 'TCP:127.0.0.1:2222'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-KEPT);
    run.onText?.(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-1_000);
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, run.timeoutMs ?? vmLimits.setUpMs);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  child.stdin.on('error', () => undefined); // the command may end without reading
  child.stdin.write(wrapCommand(command));
  if (run.input) await pipeline(run.input, child.stdin).catch(() => undefined);
  else child.stdin.end();
  await ended.finally(() => clearTimeout(timer));
  const answer = unwrapAnswer(text);
  if (answer) return answer;
  const why = late ? 'it took too long' : complaint.trim() || 'the machine went away';
  throw new Error(`No answer from the virtual machine: ${why}\n${text.slice(-2_000)}`);
}

/** As `tryInGuest`, but a failure throws with the command's last words. */
export async function inGuest(container: string, command: string, run: GuestRun = {}): Promise<string> {
  const { code, output } = await tryInGuest(container, command, run);
  if (code !== 0)
    throw new Error(`In the virtual machine \`${command.slice(0, 200)}\` ended with ${code}:\n${output.slice(-3_000)}`);
  return output.trim();
}
