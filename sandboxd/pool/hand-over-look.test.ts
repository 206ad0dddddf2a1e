import pino from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { CodedError } from '#domain/protocol/errors.ts';
import { createHandOverLook, type HandOverLook } from './hand-over-look.ts';
import type { FencedSandbox } from './network-fence.ts';
import type { SandboxRecord } from './sandbox-record.ts';
import { recordOf } from './testing/records.ts';

const waiting = (id: string): SandboxRecord => ({ ...recordOf(id), init: { pid: 1, startTicks: 1 } });
let records: SandboxRecord[];
let ended: string[];
let open: Set<string>;
let looks: number;
let holds: boolean;
let handOver: HandOverLook;
const look = (attemptId: string, fresh = false) => handOver.claim({ attemptId, fresh });

beforeEach(() => {
  records = [waiting('aaaaaaaaaaaa'), waiting('bbbbbbbbbbbb')];
  ended = [];
  open = new Set();
  looks = 0;
  holds = true;
  handOver = createHandOverLook({
    fence: {
      async verify({ id }: FencedSandbox) {
        looks++;
        if (!open.has(id)) return;
        holds = false;
        throw new CodedError('network-unfenced', 'open');
      },
      assertHolds() {
        if (!holds) throw new CodedError('network-unfenced', 'open');
      },
    },
    registry: {
      find: (id: string) => records.find(record => record.sandbox.id === id),
      findByAttempt: (id: string) => records.find(record => record.sandbox.attemptId === id),
    } as never,
    waiting: () => records.filter(record => record.sandbox.attemptId === null),
    ending: {
      async end(id: string) {
        ended.push(id);
        return recordOf(id);
      },
    },
    log: pino({ level: 'silent' }),
  });
});

it('looks from inside those that wait, and lets the claim go on', async () => {
  await look('attempt');
  expect(looks).toBe(2);
  expect(ended).toEqual([]);
});

it('removes the one that sees through the fence, and refuses the claim', async () => {
  open.add('bbbbbbbbbbbb');
  await expect(look('attempt')).rejects.toMatchObject({ code: 'network-unfenced' });
  expect(ended).toEqual(['bbbbbbbbbbbb']);
});

it('holds nobody up who has a sandbox already', async () => {
  records.push(recordOf('cccccccccccc', { attemptId: 'attempt' }));
  holds = false;
  await look('attempt');
  expect(looks).toBe(0);
});

it('looks when that one is given back for a fresh one', async () => {
  records.push(recordOf('cccccccccccc', { attemptId: 'attempt' }));
  await look('attempt', true);
  expect(looks).toBe(2);
  holds = false;
  await expect(look('attempt', true)).rejects.toMatchObject({ code: 'network-unfenced' });
});

it('looks at the next ones only, however many wait', async () => {
  records = Array.from({ length: 20 }, (_, index) => waiting(index.toString(16).padStart(12, '0')));
  await look('attempt');
  expect(looks).toBe(3);
});

it('looks once for claims that come together', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => look(`attempt-${index}`)));
  expect(looks).toBeLessThanOrEqual(4);
});

it('looks at all that wait when the engine has come back, and removes what is open without a claim', async () => {
  records = Array.from({ length: 20 }, (_, index) => waiting(index.toString(16).padStart(12, '0')));
  records.push(recordOf('cccccccccccc', { attemptId: 'attempt' }));
  open.add('00000000000f');
  await handOver.all();
  expect(looks).toBe(20);
  expect(ended).toEqual(['00000000000f']);
});
