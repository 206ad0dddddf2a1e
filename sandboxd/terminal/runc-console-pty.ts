import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '#domain/protocol/errors.ts';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { consolePty } from './console-pty.ts';
import { readLearner } from './learner-identity.ts';
import { becomeSubreaper } from './libc.ts';
import type { Pty, PtyRequest, PtySource } from './pty-source.ts';
import { type ConsoleRequest, receiveConsole } from './receive-console.ts';
import { type RuncState, readRuncState } from './runc-state.ts';
import { shellCommand, shellEnvironment } from './shell-environment.ts';

/** A sandbox full of processes takes in a shell's first one, and may refuse its threads: the next moment it may not. */
const again = { tries: 3, pauseMs: 50 } as const;

/** The OCI process of a shell: the sandbox's own fences, the learner's identity, no capability at hand until sudo. */
function shellProcess(state: RuncState, request: PtyRequest): object {
  const { uid, gid, groups } = readLearner(state.initPid);
  return {
    terminal: true,
    consoleSize: { width: request.cols, height: request.rows },
    user: { uid, gid, additionalGids: groups },
    args: shellCommand,
    env: Object.entries(shellEnvironment(request.terminalId)).map(([name, value]) => `${name}=${value}`),
    cwd: '/home/learner',
    capabilities: {
      bounding: state.boundingCapabilities,
      effective: [],
      inheritable: [],
      permitted: [],
      ambient: [],
    },
    noNewPrivileges: state.noNewPrivileges,
  };
}

/**
 * Attaches by runc itself, which hands the terminal over: no process and no daemon stands between us and the shell. runc
 * applies the container's seccomp filter, namespaces and cgroup. Needs root beside dockerd's runc.
 */
export class RuncConsolePtySource implements PtySource {
  readonly name = 'runc-console';

  constructor() {
    // runc exec leaves its shell to whoever adopts it.
    becomeSubreaper();
  }

  async open(request: PtyRequest): Promise<Pty> {
    const { containerId } = request.sandbox;
    const until = performance.now() + terminalLimits.openTimeoutMs;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#start(request, until - performance.now());
      } catch (error) {
        if (tries < again.tries && performance.now() + again.pauseMs < until) await pause(again.pauseMs);
        else
          throw new CodedError('terminal-failed', `no shell in ${containerId}: ${(error as Error).message}`, {
            cause: error,
          });
      }
    }
  }

  async #start(request: PtyRequest, timeoutMs: number): Promise<Pty> {
    const { containerId } = request.sandbox;
    const state = readRuncState(containerId);
    const process = shellProcess(state, request);
    const console: ConsoleRequest = { root: state.root, containerId, process, timeoutMs };
    const { fd, pid } = await receiveConsole(console);
    return consolePty(fd, pid);
  }
}
