import fs from 'node:fs';
import type net from 'node:net';
import { EngineUnreadable } from '../engine/engine-client.ts';
import { connectUnix } from '../engine/unix-connect.ts';
import { bootTime } from '../host/boot-clock.ts';
import { readProcess, startTicksOf } from '../host/read-process.ts';
import { openRootOf, walk } from './no-symlink-walk.ts';
import { peerPid } from './peer-credentials.ts';
import type { SandboxTarget } from './sandbox-target.ts';

/** Where the lab image's dockerd listens, without the ordinary /var/run link. */
const SOCKET = '/run/docker.sock';

/**
 * Connects to the sandbox's Docker API from outside, and vouches for it: reached without following a link, a socket,
 * listened to by the lab image's own dockerd inside this very sandbox. Throws EngineUnreadable with the reason.
 */
export async function connectInner(target: SandboxTarget): Promise<net.Socket> {
  const fd = openSocket(target);
  let socket: net.Socket;
  try {
    socket = await connectUnix(`/proc/self/fd/${fd}`);
  } finally {
    fs.closeSync(fd);
  }
  const doubt = doubtAbout(socket, target);
  if (doubt === null) return socket;
  socket.destroy();
  throw new EngineUnreadable(doubt);
}

/** Which socket lies there now; null when none does. Cheap: some tens of microseconds. */
export function innerSocketIdentity(target: SandboxTarget): string | null {
  try {
    const fd = openSocket(target);
    const { dev, ino } = fs.fstatSync(fd);
    fs.closeSync(fd);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

function openSocket(target: SandboxTarget): number {
  if (startTicksOf(target.pid) !== target.startTicks) throw new EngineUnreadable('the sandbox is gone');
  let rootFd: number;
  try {
    rootFd = openRootOf(target.pid);
  } catch (cause) {
    throw new EngineUnreadable('the sandbox is gone', { cause });
  }
  try {
    if (startTicksOf(target.pid) !== target.startTicks) throw new EngineUnreadable('the sandbox is gone');
    const found = walk(rootFd, SOCKET);
    if (found.end === 'absent') throw new EngineUnreadable(`there is no ${SOCKET}`);
    if (found.end === 'symlink') throw new EngineUnreadable(`${found.at} is a symbolic link`);
    if (found.end === 'refused') throw new EngineUnreadable(`${SOCKET}: ${found.reason}`);
    if (found.stat.isSocket()) return found.fd;
    fs.closeSync(found.fd);
    throw new EngineUnreadable(`${SOCKET} is not a socket`);
  } finally {
    fs.closeSync(rootFd);
  }
}

/** Why the process at the other end is not the sandbox's own dockerd; null when it is. */
function doubtAbout(socket: net.Socket, target: SandboxTarget): string | null {
  const pid = peerPid(socket);
  if (pid === null) return `nobody can be named who listens on ${SOCKET}`;
  const peer = readProcess(pid, { ...target.view, boot: bootTime() });
  if (!peer) return `the process that listens on ${SOCKET} is not one of this sandbox`;
  if (peer.genuine !== true || !peer.exe?.endsWith('/dockerd'))
    return `${SOCKET} is served by another program than the lab's dockerd`;
  if (peer.containerId !== null) return `${SOCKET} is served from inside a container`;
  return null;
}
