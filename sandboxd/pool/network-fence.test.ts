import pino from 'pino';
import { expect, it } from 'vitest';
import type { FenceView } from '../host/probe-network.ts';
import { createNetworkFence } from './network-fence.ts';

const sandbox = { id: 'abcdef012345', egress: false, init: { pid: 1, startTicks: 1 } };

/** A sandbox host whose rules somebody else changes at will. */
function setUp() {
  const state = {
    drift: null as string | null,
    fails: false,
    view: { fenced: true } as FenceView,
    applied: 0,
    appliedFor: '',
    now: 0,
    withEgress: [] as string[],
  };
  const said: string[] = [];
  const log = pino({ level: 'warn' }, { write: line => void said.push(JSON.parse(line).msg) });
  const fence = createNetworkFence({
    withEgress: () => state.withEgress,
    port: 7070,
    addresses: [],
    isUp: () => true,
    log,
    now: () => state.now,
    host: {
      ground: async () => {},
      apply: async ids => {
        if (state.fails) throw new Error('iptables-restore: not found');
        state.applied++;
        state.appliedFor = ids.join();
        state.drift = null;
      },
      drift: async ids => (ids.join() === state.appliedFor ? state.drift : 'another way out'),
      probe: async () => state.view,
      quietBridge: async () => {},
    },
  });
  return { state, fence, said };
}

it('puts up again what somebody else took away, and counts it', async () => {
  const { state, fence } = setUp();
  await fence.renew();
  await fence.check();
  expect(state.applied).toBe(1);
  state.drift = 'IPv4: the rules of BELOWDECK-INPUT were changed';
  await fence.check();
  expect(state.applied).toBe(2);
  expect(fence.status()).toEqual({ fenced: true, problem: null, restored: 1 });
});

it('leaves alone what is wrong for a moment only, as while Docker makes a network', async () => {
  const { state, fence } = setUp();
  state.drift = 'IPv4: FORWARD does not begin with BELOWDECK-FORWARD';
  const check = fence.check();
  setTimeout(() => {
    state.drift = null;
  }, 50);
  await check;
  expect(state.applied).toBe(0);
});

it('takes a way out that is not open yet, or not closed yet, for nobody’s doing', async () => {
  const { state, fence, said } = setUp();
  await fence.renew();
  state.withEgress = [sandbox.id];
  await fence.check();
  expect({ applied: state.applied, restored: fence.status().restored, said }).toEqual({
    applied: 2,
    restored: 0,
    said: [],
  });
});

it('says once that it does not hold while it cannot be put up, and holds again by itself', async () => {
  const { state, fence, said } = setUp();
  state.drift = 'IPv4: the rules of BELOWDECK-INPUT were changed';
  state.fails = true;
  await fence.check();
  await fence.check();
  expect(said).toEqual(['the network fence does not hold; no sandbox is handed out']);
  expect(() => fence.assertHolds()).toThrow('iptables-restore: not found');
  expect(fence.status().fenced).toBe(false);
  state.fails = false;
  await fence.check();
  fence.assertHolds();
  expect(fence.status()).toMatchObject({ fenced: true, problem: null });
});

it('closes for a while when a sandbox sees through it, and asks the next one then', async () => {
  const { state, fence } = setUp();
  state.view = { fenced: false, why: 'open', detail: 'reached from inside: TCP 10.255.250.250' };
  await expect(fence.verify(sandbox)).rejects.toMatchObject({ code: 'network-unfenced' });
  expect(() => fence.assertHolds()).toThrow('10.255.250.250');
  state.now += 10_001;
  fence.assertHolds();
  state.view = { fenced: true };
  await fence.verify(sandbox);
});

it('hands out no sandbox with a dead network, but keeps no other back for it', async () => {
  const { state, fence } = setUp();
  state.view = { fenced: false, why: 'dead', detail: '10.214.0.1 does not answer from inside' };
  await expect(fence.verify(sandbox)).rejects.toMatchObject({ code: 'network-unfenced' });
  fence.assertHolds();
});
