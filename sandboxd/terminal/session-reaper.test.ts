import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endSession, findSessionLeader, pinProcess, sessionMembers } from './session-reaper.ts';

/** A shell that leads a session of its own; resolves once it has said "ready". */
async function leader(script: string, env: Record<string, string> = {}) {
  const child = spawn('setsid', ['sh', '-c', `${script} echo ready; wait`], {
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', NODE_ENV: 'test', ...env },
  });
  await once(child.stdout, 'data');
  const pin = pinProcess(child.pid ?? 0);
  if (!pin) throw new Error('the shell is gone already');
  return { child, pin };
}

describe('endSession', () => {
  it('ends a session with all who ignore being asked', async () => {
    const { pin } = await leader("(trap '' HUP TERM; sleep 100) & sleep 101 &");
    expect((await sessionMembers(pin)).length).toBeGreaterThanOrEqual(3);
    expect(await endSession(pin)).toBe(true);
    expect(await sessionMembers(pin)).toEqual([]);
  });

  it('finds those whose leader is gone', async () => {
    const { child, pin } = await leader("(trap '' HUP; sleep 100) &");
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    await sleep(50);
    expect(await sessionMembers(pin)).toHaveLength(1);
    expect(await endSession(pin)).toBe(true);
  });

  it('ends nobody where the number belongs to another process by now', async () => {
    const { child, pin } = await leader('sleep 100 &');
    const stale = { pid: pin.pid, startTime: '1' };
    expect(await sessionMembers(stale)).toEqual([]);
    expect(await endSession(stale)).toBe(true);
    expect(child.exitCode).toBe(null);
    await endSession(pin);
  });
});

describe('findSessionLeader', () => {
  it('finds a shell by what it was started with', async () => {
    const { pin } = await leader('sleep 100 &', { BELOWDECK_TERMINAL: 'feedfacefeedface' });
    expect(findSessionLeader('BELOWDECK_TERMINAL=feedfacefeedface')).toEqual(pin);
    expect(findSessionLeader('BELOWDECK_TERMINAL=feedface')).toBe(null);
    await endSession(pin);
  });
});
