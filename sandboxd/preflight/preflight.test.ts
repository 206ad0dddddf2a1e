import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#domain/protocol/errors.ts';
import type { ProbeResult } from '#domain/protocol/preflight.ts';
import { notReady } from '../pool/not-ready.ts';
import { silentLog } from '../pool/testing/records.ts';
import { unanswered } from './judge-escapes.ts';
import { createPreflight, preflightLimits } from './preflight.ts';
import { createPreflightMemory } from './preflight-memory.ts';

const probe = (id: string, verdict: ProbeResult['verdict'], measured = 'x'): ProbeResult => ({
  ...{ id, kind: 'escape', title: id, verdict, measured, remedy: verdict === 'ok' ? '' : 'mend it' },
});
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-preflight-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A preflight whose sandboxes and kernel are the test's word; the file it remembers in is real. */
function setUp(options: { accepted?: string[]; machine?: () => ProbeResult[] } = {}) {
  const state = {
    image: 'sha256:1' as string | null,
    seen: [probe('escape', 'ok')],
    runs: 0,
    ended: 0,
    breaks: null as Error | null,
    down: false,
  };
  const make = () =>
    createPreflight({
      memory: createPreflightMemory(path.join(folder, 'state', 'preflight.json')),
      accepted: options.accepted ?? [],
      subject: async () => {
        if (state.image === null) throw notReady.labImage();
        return { imageId: state.image, engineVersion: '26', cgroupVersion: '2' };
      },
      assertUp: () => {
        if (state.down) throw notReady.engine();
      },
      startThrowAway: async () => {
        if (state.breaks) throw state.breaks;
        return { initPid: 1, asRoot: async () => '', end: async () => state.ended++ };
      },
      probeMachine: async () => options.machine?.() ?? [],
      probeEscapes: async () => {
        state.runs++;
        return state.seen;
      },
      claimWaitMs: 30,
      log: silentLog,
    });
  return { state, make, preflight: make() };
}

describe('the preflight', () => {
  it('waits for engine and image, then runs once and remembers over restarts', async () => {
    const { state, preflight, make } = setUp();
    state.image = null;
    await preflight.ensure();
    expect([preflight.status().state, state.runs]).toEqual(['waiting', 0]);
    state.image = 'sha256:1';
    await preflight.ensure();
    await preflight.ensure();
    expect([preflight.status().state, state.runs, state.ended]).toEqual(['passed', 1, 1]);
    const next = make();
    await next.ensure();
    expect([next.status().state, next.status().probes, state.runs]).toEqual(['passed', [probe('escape', 'ok')], 1]);
  });

  it('runs again for another image, and when it is asked to', async () => {
    const { state, preflight } = setUp();
    await preflight.ensure();
    state.image = 'sha256:2';
    await preflight.ensure();
    expect(state.runs).toBe(2);
    state.seen = [probe('escape', 'refuse')];
    expect((await preflight.rerun()).state).toBe('refused');
    expect([state.runs, state.ended]).toEqual([3, 3]);
  });

  it('lets nobody have a sandbox while one escape succeeds', async () => {
    const { state, preflight } = setUp();
    state.seen = [probe('escape', 'ok'), probe('core', 'refuse')];
    await preflight.ensure();
    await expect(preflight.assertSafe()).rejects.toMatchObject({
      code: 'host-unsafe',
      message: expect.stringContaining('core'),
      learnerMessage: expect.stringContaining('not be safe'),
    });
  });

  it('counts what is wrong with the machine too, and warnings not', async () => {
    const refused = setUp({ machine: () => [{ ...probe('kernel', 'refuse'), kind: 'machine' }] }).preflight;
    await refused.ensure();
    expect(refused.status().state).toBe('refused');
    const warned = setUp({ machine: () => [{ ...probe('keys', 'warn'), kind: 'machine' }] }).preflight;
    await warned.ensure();
    await warned.assertSafe();
  });

  it('refuses nobody for a machine that answered too late once, and not longer than that is so', async () => {
    const late: ProbeResult = { ...probe('overlay', 'refuse'), kind: 'machine' };
    const looks = [[late], [], [late], [late], []];
    const { preflight } = setUp({ machine: () => looks.shift() ?? [] });
    await preflight.ensure();
    expect(preflight.status().state).toBe('passed');
    await preflight.rerun();
    expect(preflight.status().state).toBe('refused');
    await preflight.ensure();
    expect(preflight.status().state).toBe('passed');
    expect(looks).toEqual([]);
  });

  it('is overruled by an operator who names every probe', async () => {
    const partly = setUp({ accepted: ['core'] });
    partly.state.seen = [probe('core', 'refuse'), probe('bpf', 'refuse')];
    await partly.preflight.ensure();
    await expect(partly.preflight.assertSafe()).rejects.toMatchObject({ message: expect.stringMatching(/: bpf$/) });
    const wholly = setUp({ accepted: ['core', 'bpf'] });
    wholly.state.seen = partly.state.seen;
    await wholly.preflight.rerun();
    expect(wholly.preflight.status().state).toBe('accepted');
    await wholly.preflight.assertSafe();
  });
});

describe('a claim that comes before the verdict', () => {
  it('waits for it', async () => {
    const { preflight } = setUp();
    const claim = preflight.assertSafe();
    expect(() => preflight.assertPassed()).toThrow('the preflight is waiting');
    await preflight.ensure();
    await claim;
    preflight.assertPassed();
  });

  it('is told to come back when it takes too long', async () => {
    const { state, preflight } = setUp();
    state.breaks = new Error('no sandbox');
    await preflight.ensure();
    await expect(preflight.assertSafe()).rejects.toMatchObject({
      code: 'host-unsafe',
      learnerMessage: expect.stringContaining('Try again'),
    });
    state.breaks = null;
    await preflight.ensure();
    await preflight.assertSafe();
  });

  it('is told what keeps the preflight from running, as long as that is so', async () => {
    const { state, preflight } = setUp();
    const reason = () => preflight.assertSafe().catch(error => `${error.code}: ${error.learnerMessage}`);
    state.down = true;
    expect(await reason()).toMatch(/^sandbox-start-failed: The engine .* does not answer .*kept.*Try again/);
    state.down = false;
    state.image = null;
    await preflight.ensure();
    expect(await reason()).toMatch(/^sandbox-start-failed: The image .* is not loaded yet.*kept.*Try again/);
    state.image = 'sha256:1';
    state.breaks = new CodedError('network-unfenced', 'open');
    await preflight.ensure();
    expect(await reason()).toMatch(/^network-unfenced: /);
    state.breaks = null;
    state.seen = [probe('late', 'refuse', unanswered)];
    await preflight.ensure();
    expect(await reason()).toMatch(/^host-unsafe: This server still finds out/);
  });
});

it('takes a run that was cut off for a refusal only after several, and never remembers it', async () => {
  const { state, preflight, make } = setUp();
  state.seen = [probe('escape', 'ok'), probe('late', 'refuse', unanswered)];
  for (let tries = 1; tries < preflightLimits.tries; tries++) {
    await preflight.ensure();
    expect(preflight.status().state).toBe('running');
  }
  await preflight.ensure();
  expect(preflight.status().state).toBe('refused');
  expect(state.ended).toBe(preflightLimits.tries);
  state.seen = [probe('escape', 'ok'), probe('late', 'ok')];
  const next = make();
  await next.ensure();
  expect(next.status().state).toBe('passed');
});
