import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { acceptWaiting, listenUnix, receiveDescriptor } from './libc.ts';
import { childrenOf, endOrphans } from './orphans.ts';

/** Of runc's complaint, so much is kept for the log. */
const MAX_COMPLAINT = 2_048;

export interface ConsoleRequest {
  root: string;
  containerId: string;
  /** An OCI process: what to run, as whom, with which capabilities. */
  process: object;
  timeoutMs: number;
}

export interface ReceivedConsole {
  /** The pty's master side; the caller closes it. */
  fd: number;
  pid: number;
}

/** Runs runc to its end; rejects with its complaint, or when it takes too long. */
function run(args: string[], timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const runc = spawn('runc', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let complaint = '';
    runc.stderr.setEncoding('utf8').on('data', text => {
      complaint = (complaint + text).slice(-MAX_COMPLAINT);
    });
    let late = false;
    let helpers: number[] = [];
    const timer = setTimeout(() => {
      late = true;
      if (runc.pid === undefined) return;
      // Its helper in the sandbox leads a session of its own by now, or is still of its process group.
      helpers = childrenOf(runc.pid);
      process.kill(-runc.pid, 'SIGKILL');
    }, timeoutMs);
    runc.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    runc.on('exit', code => {
      clearTimeout(timer);
      runc.stderr.destroy();
      void endOrphans(helpers);
      if (code === 0) resolve();
      else
        reject(new Error(late ? `runc exec did not come back in ${timeoutMs} ms` : `runc exec: ${complaint.trim()}`));
    });
  });
}

/**
 * `runc exec --detach --console-socket`: starts a process in a container on a new terminal whose master side is handed to
 * us, so that no relay process stands in between. When runc is back, the master waits at our socket.
 */
export async function receiveConsole(request: ConsoleRequest): Promise<ReceivedConsole> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-console-'));
  const [socket, processFile, pidFile] = ['socket', 'process.json', 'pid'].map(name => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  const open: number[] = [];
  try {
    fs.writeFileSync(processFile, JSON.stringify(request.process));
    const listener = listenUnix(socket);
    open.push(listener);
    const command = ['exec', '--detach', '--process', processFile, '--pid-file', pidFile, '--console-socket', socket];
    await run(['--root', request.root, ...command, request.containerId], request.timeoutMs);
    const connection = acceptWaiting(listener);
    if (connection === null) throw new Error('runc exec handed over no console');
    open.push(connection);
    const fd = receiveDescriptor(connection);
    if (fd === null) throw new Error('runc exec handed over no descriptor');
    if (!isPtyMaster(fd)) {
      fs.closeSync(fd);
      throw new Error('what was handed over is no terminal');
    }
    return { fd, pid: Number(fs.readFileSync(pidFile, 'utf8')) };
  } finally {
    for (const fd of open) fs.closeSync(fd);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The sender sits inside the sandbox, in reach of the learner's ptrace: what it sends is looked at before it is used. */
function isPtyMaster(fd: number): boolean {
  const stat = fs.fstatSync(fd);
  // Character device 5:2, /dev/ptmx.
  return stat.isCharacterDevice() && stat.rdev === ((5 << 8) | 2);
}
