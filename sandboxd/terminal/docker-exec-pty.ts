import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '#domain/protocol/errors.ts';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import type { Pty, PtyRequest, PtySource } from './pty-source.ts';
import { endSession, findSessionLeader, type ProcessPin } from './session-reaper.ts';
import { shellCommand, shellEnvironment } from './shell-environment.ts';
import { spawnPty } from './spawned-pty.ts';

/** From docker's complaint to its end. */
const COMPLAINT_MS = 300;

/** This process's way to the engine, and nothing else of its environment (which holds our token). */
function dockerEnvironment(): Record<string, string> {
  const { PATH = '/usr/local/bin:/usr/bin:/bin', DOCKER_HOST } = process.env;
  return { PATH, HOME: '/root', ...(DOCKER_HOST ? { DOCKER_HOST } : {}) };
}

/**
 * Attaches by node-pty running `docker exec -it`: works wherever the docker command does, but costs a process of 7 MB
 * and about 90 ms each. The shell outlives this client, so its session is found in /proc and ended from there.
 */
export class DockerExecPtySource implements PtySource {
  readonly name = 'docker-exec';

  async open({ sandbox, terminalId, cols, rows }: PtyRequest): Promise<Pty> {
    const environment = Object.entries(shellEnvironment(terminalId));
    const args = [
      ...['exec', '-it', '-u', 'learner', '-w', '/home/learner'],
      ...environment.flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      ...[sandbox.containerId, ...shellCommand],
    ];
    // Remembered once the shell speaks: when it has exited, what it left behind is only found by its session.
    let leader: ProcessPin | null = null;
    const findLeader = () => {
      leader ??= findSessionLeader(`BELOWDECK_TERMINAL=${terminalId}`);
      return leader;
    };
    const end = async () => {
      const found = findLeader();
      if (found) await endSession(found);
    };
    const pty = spawnPty('docker', args, { cols, rows, env: dockerEnvironment(), end });
    let spoke = await within(pty.spoke, terminalLimits.openTimeoutMs);
    // What speaks may be docker with a complaint: then there is no shell, and docker ends at once.
    if (spoke === 'output' && !findLeader()) spoke = (await within(pty.exited, COMPLAINT_MS)) ?? 'output';
    if (spoke === 'output') return pty;
    await pty.kill();
    const why = spoke === null ? 'gave no prompt in time' : `ended at once with code ${spoke.exit}`;
    throw new CodedError('terminal-failed', `docker exec ${why}`);
  }
}

/** Null when the time is over first. */
async function within<T>(what: Promise<T>, milliseconds: number): Promise<T | null> {
  const abort = new AbortController();
  const late = sleep(milliseconds, null, { signal: abort.signal });
  // Aborted below, when nobody waits for it any more.
  late.catch(() => {});
  try {
    return await Promise.race([what, late]);
  } finally {
    abort.abort();
  }
}
