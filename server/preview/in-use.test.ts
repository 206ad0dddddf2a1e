import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInUse, type InUse } from './in-use.ts';
import { previewLimits } from './preview-limits.ts';

let warned: object[];
let inUse: InUse;
beforeEach(() => {
  warned = [];
  inUse = createInUse({ warn: fields => void warned.push(fields) });
});
afterEach(() => inUse.stop());

function use(sandboxId: string, mayGoOn: () => Promise<boolean> = async () => true) {
  const state = { cut: false };
  const cut = () => {
    state.cut = true;
  };
  return { sandboxId, mayGoOn, cut, state };
}

it('has room for so many of one sandbox, and for others still', () => {
  const leave = Array.from({ length: previewLimits.socketsPerSandbox }, () => inUse.enter('socket', use('a')));
  expect(leave.every(Boolean)).toBe(true);
  expect(inUse.enter('socket', use('a'))).toBeNull();
  expect(inUse.enter('request', use('a'))).not.toBeNull();
  expect(inUse.enter('socket', use('b'))).not.toBeNull();
  leave[0]?.();
  expect(inUse.enter('socket', use('a'))).not.toBeNull();
});

it('has room for so many in all', () => {
  const many = Array.from({ length: previewLimits.requestsInAll }, (_, at) => inUse.enter('request', use(`s${at}`)));
  expect(many.every(Boolean)).toBe(true);
  expect(inUse.enter('request', use('one more'))).toBeNull();
});

it('ends what lost its right, and nothing because the database is away for a moment', async () => {
  const kept = use('a');
  const lost = use('a', async () => false);
  const unknown = use('a', async () => {
    throw new Error('away');
  });
  for (const one of [kept, lost, unknown]) inUse.enter('socket', one);
  await inUse.recheck();
  expect([kept, lost, unknown].map(one => one.state.cut)).toEqual([false, true, false]);
  expect(warned).toEqual([{ err: new Error('away'), sandbox: 'a' }]);
});

it('ends everything when it stops', () => {
  const one = use('a');
  inUse.enter('request', one);
  inUse.stop();
  expect(one.state.cut).toBe(true);
});
