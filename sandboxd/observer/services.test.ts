import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../engine/engine-client.ts';
import { EngineUnreadable } from '../engine/engine-client.ts';
import { findService, observeContainerd, observeDaemon, type ServiceProcess } from './services.ts';

const process = (over: Partial<ServiceProcess>): ServiceProcess => ({
  pid: 64,
  startTicks: 100,
  exe: '/usr/sbin/dockerd',
  genuine: true,
  containerId: null,
  state: 'S',
  ...over,
});
const silent = {
  json: () => Promise.reject(new EngineUnreadable('no answer within 1000 ms')),
} as unknown as EngineClient;

describe('findService', () => {
  it('takes the oldest genuine one outside containers', () => {
    const wanted = process({ pid: 1 });
    const others = [
      process({ pid: 2, startTicks: 5, genuine: false }),
      process({ pid: 3, startTicks: 5, containerId: 'c' }),
      process({ pid: 4, startTicks: 200 }),
      process({ pid: 5, startTicks: 5, exe: '/usr/bin/containerd' }),
      process({ pid: 6, startTicks: 5, state: 'Z' }),
    ];
    expect(findService([...others, wanted], 'dockerd')).toBe(wanted);
    expect(findService([], 'dockerd')).toBeNull();
  });
});

describe('observeContainerd', () => {
  const containerd = process({ exe: '/usr/bin/containerd', pid: 63 });
  it('is up, silent when stopped, down without a process', () => {
    expect(observeContainerd([containerd])).toEqual({ state: 'up', pid: 63, startTicks: 100 });
    expect(observeContainerd([{ ...containerd, state: 'T' }]).state).toBe('silent');
    expect(observeContainerd([])).toEqual({ state: 'down', pid: null, startTicks: null });
  });
});

describe('observeDaemon', () => {
  it('is down without a process, whatever answers', async () => {
    expect(await observeDaemon(silent, [])).toMatchObject({ state: 'down', pid: null, reason: 'no process' });
  });
  it('is silent with a process that does not answer, and says why', async () => {
    expect(await observeDaemon(silent, [process({})])).toMatchObject({
      state: 'silent',
      pid: 64,
      version: null,
      reason: 'no answer within 1000 ms',
    });
  });
});
