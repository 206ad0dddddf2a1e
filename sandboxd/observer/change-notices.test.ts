import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createChangeNotices, partsOf } from './change-notices.ts';

function notices() {
  const sent: { parts: string[]; seq: number; at: number }[] = [];
  let seq = 0;
  const changes = createChangeNotices({
    sandboxId: 'abcdef012345',
    seq: () => seq,
    send: message => sent.push(message),
    now: () => 1000,
  });
  return { sent, changes, setSeq: (value: number) => (seq = value) };
}

describe('change notices', () => {
  it('tell what came close together once, each part once, with the latest position', async () => {
    const { sent, changes, setSeq } = notices();
    changes.add('events', 'containers');
    setSeq(7);
    changes.add('events', 'images');
    await pause(60);
    expect(sent).toEqual([
      { type: 'changed', sandboxId: 'abcdef012345', parts: ['events', 'containers', 'images'], seq: 7, at: 1000 },
    ]);
  });

  it('are not held up by changes that never end', async () => {
    const { sent, changes } = notices();
    const timer = setInterval(() => changes.add('processes'), 5);
    await pause(200);
    clearInterval(timer);
    expect(sent.length).toBeGreaterThan(3);
    changes.stop();
  });

  it('end with their sandbox', async () => {
    const { sent, changes } = notices();
    changes.add('daemon');
    changes.stop();
    await pause(60);
    expect(sent).toEqual([]);
  });
});

describe('partsOf', () => {
  it.each([
    ['container', 'containers'],
    ['image', 'images'],
    ['daemon', 'daemon'],
    ['network', 'events'],
  ])('%s', (type, part) => expect(partsOf(type)).toContain(part));
});
