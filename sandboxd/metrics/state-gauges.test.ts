import { expect, it } from 'vitest';
import { recordOf } from '../pool/testing/records.ts';
import { preflightOwner } from '../preflight/throw-away.ts';
import { registry } from './registry.ts';
import { countStates, showState } from './state-gauges.ts';

const records = [
  recordOf('aaaaaaaaaaaa', { state: 'warming' }),
  recordOf('bbbbbbbbbbbb'),
  recordOf('cccccccccccc', { attemptId: 'a' }),
  recordOf('dddddddddddd', { attemptId: 'b' }),
  recordOf('eeeeeeeeeeee', { state: 'stopping' }),
  recordOf('ffffffffffff', { state: 'ended' }),
  recordOf('000000000000', { attemptId: 'c', suspendedAt: 5 }),
];

it('tells a sandbox of the pool from a learner’s, and forgets the ended', () => {
  expect(countStates(records)).toEqual({ warming: 1, warm: 1, claimed: 2, suspended: 1, stopping: 1, preflight: 0 });
});

it('counts the throw-away sandbox of the preflight as nobody’s, from its start to its end', () => {
  for (const state of ['warming', 'ready', 'stopping'] as const)
    expect(countStates([recordOf('111111111111', { state, attemptId: preflightOwner })])).toEqual({
      ...{ warming: 0, warm: 0, claimed: 0, suspended: 0, stopping: 0, preflight: 1 },
    });
  expect(countStates([recordOf('111111111111', { state: 'ended', attemptId: preflightOwner })]).preflight).toBe(0);
});

it('shows levels as they are when somebody scrapes', async () => {
  let sandboxes = records;
  let engineUp = true;
  let queued = 3;
  showState({
    sandboxes: () => sandboxes,
    pool: () => ({ warm: 1, warming: 1, target: 2 }),
    memory: () => ({ totalBytes: 8, freeBytes: 5 }),
    maxSandboxes: () => 15,
    queued: () => queued,
    engineUp: () => engineUp,
    fenced: () => engineUp,
  });
  const first = await registry.metrics();
  expect(first).toContain('belowdeck_sandboxes{state="claimed"} 2');
  expect(first).toContain('belowdeck_pool_sandboxes{state="target"} 2');
  expect(first).toContain('belowdeck_memory_free_bytes 5');
  expect(first).toContain('belowdeck_engine_up 1');
  expect(first).toContain('belowdeck_network_fenced 1');
  expect(first).toContain('belowdeck_queue_length 3');
  sandboxes = [];
  engineUp = false;
  queued = 0;
  const second = await registry.metrics();
  expect(second).toContain('belowdeck_sandboxes{state="claimed"} 0');
  expect(second).toContain('belowdeck_engine_up 0');
  expect(second).toContain('belowdeck_network_fenced 0');
  // The last one left by himself: nobody was served.
  expect(second).toContain('belowdeck_queue_length 0');
});
