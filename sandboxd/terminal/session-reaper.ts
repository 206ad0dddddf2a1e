import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as othersTurn, setTimeout as sleep } from 'node:timers/promises';

/** How a session is ended: asked first, then made to. */
export const reaperLimits = {
  /** After SIGHUP, the time in which programs may save and leave. */
  graceMs: 150,
  /** Between two looks while killing. */
  roundMs: 20,
  /** A fork bomb may outrun us: its sandbox's removal ends it. */
  rounds: 50,
  /** Processes looked at before others have their turn, at some 15 µs each: their keys wait no longer than a millisecond. */
  pieceOf: 60,
} as const;

/** A process, pinned by its start time against the reuse of its number. */
export interface ProcessPin {
  pid: number;
  /** Clock ticks since boot, from /proc/PID/stat. */
  startTime: string;
}

interface Stat {
  state: string;
  session: number;
  startTime: string;
}

function readStat(pid: number): Stat | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything, also ") R 1": what follows the last one is the kernel's.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, session, startTime] = [fields[0], fields[3], fields[19]];
    return state && session && startTime ? { state, session: Number(session), startTime } : null;
  } catch {
    return null;
  }
}

/** Pins a living process; null when there is none. */
export function pinProcess(pid: number): ProcessPin | null {
  const stat = readStat(pid);
  return stat && { pid, startTime: stat.startTime };
}

/** Living processes (no zombies) of the session that `leader` leads or led. */
export async function sessionMembers(leader: ProcessPin): Promise<number[]> {
  const now = readStat(leader.pid);
  // The kernel gives a session's number to no other process while the session has members; another start time means it is over.
  if (now && now.startTime !== leader.startTime) return [];
  const members: number[] = [];
  const all = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name));
  for (const [index, name] of all.entries()) {
    if (index % reaperLimits.pieceOf === reaperLimits.pieceOf - 1) await othersTurn();
    if (isMember(Number(name), leader)) members.push(Number(name));
  }
  return members;
}

function isMember(pid: number, leader: ProcessPin): boolean {
  const stat = readStat(pid);
  return stat?.session === leader.pid && stat.state !== 'Z' && stat.state !== 'X';
}

/** Looks once more at whom it signals: since it was found, its number may have become another's. */
function signal(pids: number[], leader: ProcessPin, ...names: NodeJS.Signals[]): void {
  for (const pid of pids) {
    if (!isMember(pid, leader)) continue;
    try {
      for (const name of names) process.kill(pid, name);
    } catch {
      // Gone already.
    }
  }
}

/**
 * Ends every process of a session: SIGHUP (as a closed terminal does), then SIGKILL. What called setsid() has left the
 * session on purpose and lives on, as on any machine.
 * @returns whether none is left.
 */
export async function endSession(leader: ProcessPin): Promise<boolean> {
  const members = await sessionMembers(leader);
  if (members.length === 0) return true;
  signal(members, leader, 'SIGHUP', 'SIGCONT');
  for (let waited = 0; waited < reaperLimits.graceMs; waited += reaperLimits.roundMs) {
    await sleep(reaperLimits.roundMs);
    if ((await sessionMembers(leader)).length === 0) return true;
  }
  for (let round = 0; round < reaperLimits.rounds; round++) {
    const left = await sessionMembers(leader);
    if (left.length === 0) return true;
    signal(left, leader, 'SIGKILL');
    await sleep(reaperLimits.roundMs);
  }
  return (await sessionMembers(leader)).length === 0;
}

/** The processes of this machine whose environment, when they started, held `NAME=value`; leaders of a session only. */
export function findSessionLeader(variable: string): ProcessPin | null {
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    const stat = readStat(pid);
    if (!stat || stat.session !== pid) continue;
    try {
      // At most one page of environment is ours; a learner's process can make it long, so only the head is read.
      const file = fs.openSync(path.join('/proc', name, 'environ'), 'r');
      const head = Buffer.alloc(16_384);
      const length = fs.readSync(file, head);
      fs.closeSync(file);
      if (head.toString('latin1', 0, length).split('\0').includes(variable)) return { pid, startTime: stat.startTime };
    } catch {
      // Gone, or not ours to read.
    }
  }
  return null;
}
