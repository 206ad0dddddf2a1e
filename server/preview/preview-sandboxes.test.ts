import { expect, it } from 'vitest';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import { lostSandbox } from '../attempts/lost-sandbox.ts';
import { labelOf } from './preview-host.ts';
import { createPreviewSandboxes } from './preview-sandboxes.ts';

const id = '0123456789ab';
const alive: Sandbox = { ...lostSandbox(id, 'attempt', null, 1), state: 'ready', ended: null };
const label = labelOf('secret', id);

it('knows who lives, and forgets who has ended', () => {
  const sandboxes = createPreviewSandboxes('secret');
  expect(sandboxes.find(label)).toBeNull();
  sandboxes.onWatch({ type: 'hello', at: 1, sandboxes: [alive] });
  expect(sandboxes.find(label)).toEqual({ sandboxId: id, attemptId: 'attempt' });
  sandboxes.onWatch({ type: 'sandbox', sandbox: { ...alive, state: 'stopping' } });
  expect(sandboxes.find(label)).toBeNull();
  expect(sandboxes.learn(alive)).toBe(label);
  sandboxes.onWatch({ type: 'hello', at: 2, sandboxes: [] });
  expect(sandboxes.find(label)).toBeNull();
});

it('has none for a sandbox that waits in the pool', () => {
  const sandboxes = createPreviewSandboxes('secret');
  expect(sandboxes.learn({ ...alive, attemptId: null })).toBeNull();
  expect(sandboxes.find(label)).toBeNull();
});
