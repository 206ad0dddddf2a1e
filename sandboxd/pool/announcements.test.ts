import { describe, expect, it } from 'vitest';
import { createAnnouncements } from './announcements.ts';
import { memoryFile } from './testing/memory-file.ts';

const minute = 60_000;

function setUp() {
  const clock = { now: 0 };
  const file = memoryFile<Parameters<ReturnType<typeof memoryFile>['save']>[0]>();
  const make = () =>
    createAnnouncements({
      file: file as never,
      onBroken: error => {
        throw error;
      },
      now: () => clock.now,
    });
  return { clock, make, all: make() };
}

describe('an announced class', () => {
  it('wants as many as are missing, until they came or the time is over', () => {
    const { clock, all } = setUp();
    all.announce({ id: 'c', size: 3, label: 'Class', forMs: 10 * minute });
    expect(all.missing()).toBe(3);
    all.claimed();
    all.claimed();
    expect(all.status(5, null)).toEqual([
      { id: 'c', size: 3, label: 'Class', until: 10 * minute, arrived: 2, ready: 1, shortOf: null },
    ]);
    clock.now = 10 * minute;
    expect([all.missing(), all.status(5, null)]).toEqual([0, []]);
  });

  it('is announced again without being counted twice, and keeps who arrived', () => {
    const { all } = setUp();
    all.announce({ id: 'c', size: 3, label: 'Class', forMs: minute });
    all.claimed();
    all.announce({ id: 'c', size: 10, label: 'Class', forMs: minute });
    expect(all.missing()).toBe(9);
    all.cancel('c');
    all.cancel('c');
    expect(all.missing()).toBe(0);
  });

  it('is served before the next one, and says what is short', () => {
    const { all } = setUp();
    all.announce({ id: 'a', size: 2, label: 'A', forMs: minute });
    all.announce({ id: 'b', size: 4, label: 'B', forMs: minute });
    expect(all.status(3, 'memory').map(({ ready, shortOf }) => ({ ready, shortOf }))).toEqual([
      { ready: 2, shortOf: null },
      { ready: 1, shortOf: 'memory' },
    ]);
  });

  it('is still announced after a restart', () => {
    const { make, all } = setUp();
    all.announce({ id: 'c', size: 3, label: 'Class', forMs: minute });
    all.claimed();
    expect(make().missing()).toBe(2);
  });
});
