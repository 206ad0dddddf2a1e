import { describe, expect, it } from 'vitest';
import { factNeedsSchema } from '#domain/facts/facts.ts';
import { type EngineClient, EngineUnreadable } from '../engine/engine-client.ts';
import { createCgroupsV2 } from '../host/cgroups-v2.ts';
import { createPacedWork } from '../host/paced-work.ts';
import { startTicksOf } from '../host/read-process.ts';
import { collectFacts } from './collect-facts.ts';
import type { SandboxTarget } from './sandbox-target.ts';

/** A sandbox of which nothing can be seen: its cgroup is not there, its API does not answer. */
const cgroups = createCgroupsV2('/nowhere');
const target: SandboxTarget = {
  sandboxId: 'abcdef012345',
  containerId: 'c',
  pid: process.pid,
  startTicks: startTicksOf(process.pid) ?? 0,
  view: { containerId: 'c', cgroups, genuine: {}, uidMap: '' },
};
const silent = {
  json: () => Promise.reject(new EngineUnreadable('connection refused')),
} as unknown as EngineClient;
const journal = { seq: () => 9, after: (seq: number) => ({ events: [], gap: seq < 5 ? '3 older events' : null }) };

const look = (needs: object) =>
  collectFacts(factNeedsSchema.parse(needs), {
    target,
    docker: silent,
    journal,
    work: createPacedWork(),
    now: () => 77,
  });

describe('collectFacts', () => {
  it('says of each part that was asked for why it cannot be seen', async () => {
    const facts = await look({ containers: true, images: true, processes: true, daemon: true, cgroups: true });
    expect(facts).toMatchObject({
      sandboxId: 'abcdef012345',
      at: 77,
      seq: 9,
      containers: null,
      images: null,
      processes: null,
      daemon: null,
      cgroups: null,
    });
    expect(facts.gaps).toEqual(
      expect.arrayContaining([
        { part: 'containers', reason: 'connection refused' },
        { part: 'images', reason: 'connection refused' },
        { part: 'processes', reason: 'the sandbox has no processes: it is gone' },
      ]),
    );
  });

  it('does not look at, nor complain of, what was not asked for', async () => {
    expect((await look({ eventsAfter: 6 })).gaps).toEqual([]);
    expect((await look({ files: [{ path: '/etc/hostname' }] })).gaps).toEqual([]);
  });

  it('says when events are missing', async () => {
    const facts = await look({ eventsAfter: 1 });
    expect([facts.events, facts.gaps]).toEqual([[], [{ part: 'events', reason: '3 older events' }]]);
  });

  it('ends in time, whatever a part does', async () => {
    const stuck = { json: () => new Promise(() => {}) } as unknown as EngineClient;
    const began = performance.now();
    const facts = await collectFacts(factNeedsSchema.parse({ containers: true }), {
      target,
      docker: stuck,
      journal,
      work: createPacedWork(),
    });
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(facts.gaps[0]?.reason).toMatch(/not seen within/);
  }, 10_000);
});
