import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { claimOf, claimSandbox, emptyPool, endAll } from '#tests/support/claim.ts';
import { setSandboxSettings } from '#tests/support/sandbox-settings.ts';
import { type Arena, openArena } from './support/arena.ts';

let arena: Arena;
/** Attempts of one learner, who asks for all of them at once. */
const his = Array.from({ length: 20 }, (_, index) => `his-${index}`);
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

describe('metrics and readiness', () => {
  it.each(['', 'Bearer ', 'Bearer wrong', 'Basic x'])(
    'tell nothing with "%s" as authorization',
    async authorization => {
      const response = await fetch(`${arena.host.url}/metrics?token=${arena.host.token}`, {
        headers: { authorization },
      });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain('belowdeck_');
      for (const path of ['/healthz', '/readyz'])
        expect(await (await fetch(`${arena.host.url}${path}`)).text()).not.toContain(arena.own.id);
    },
  );
});

describe('the queue', () => {
  it('gives one learner one place, however often and for however many attempts it is asked', async () => {
    // Also after a failure: nobody else may find the host full.
    onTestFinished(async () => {
      for (const attemptId of ['hers', 'his-new', ...his]) await arena.client.call('queue.leave', { attemptId });
      await endAll(arena.client);
      await setSandboxSettings(arena.host, {});
    });
    await endAll(arena.client);
    await setSandboxSettings(arena.host, { pool: { maxSandboxes: 1, poolMin: 0, poolMax: 0 } });
    // What waits in the pool already would be given to who is meant to wait.
    await emptyPool(arena.client);
    await claimSandbox(arena.client);
    const claim = (attemptId: string, ownerId: string) =>
      arena.client.call('sandbox.claim', claimOf({ attemptId, ownerId }));
    expect(await claim('hers', 'alice')).toMatchObject({ ticket: { position: 1 } });
    const answers = await Promise.all(his.map(attemptId => claim(attemptId, 'mallory')));
    // Which of them comes first is nobody's to say: each goes its own way to sandboxd.
    const [place = '', ...more] = his.filter((_, index) => answers[index]?.answer === 'queued');
    expect(place).not.toBe('');
    expect(more).toEqual([]);
    expect(answers.filter(each => each.answer === 'elsewhere')).toHaveLength(19);
    for (let again = 0; again < 5; again++)
      expect(await claim(place, 'mallory')).toMatchObject({ ticket: { position: 2, waiting: 2 } });
    // A place moves along as it is: no way to the front without a sandbox to give back.
    const moved = claimOf({ attemptId: 'his-new', ownerId: 'mallory', giveUp: [place], fresh: true });
    expect(await arena.client.call('sandbox.claim', moved)).toMatchObject({ ticket: { position: 2 } });
  }, 120_000);
});

describe('the preflight', () => {
  it('judges a sandbox of its own, whatever a learner’s pretends', async () => {
    const { id } = await claimSandbox(arena.client);
    await arena.host.asRoot(
      id,
      `for p in mount mknod bash awk perl dmesg; do printf '#!/bin/sh\\necho WROTE MOUNTED MADE; exit 0\\n' >/usr/local/bin/$p; chmod +x /usr/local/bin/$p; done; echo WROTE >/tmp/out`,
    );
    const { state, probes } = await arena.client.call('host.preflight', {});
    expect(state).toBe('passed');
    expect(probes.length).toBeGreaterThan(20);
    expect(probes.filter(({ kind, verdict }) => kind === 'escape' && verdict !== 'ok')).toEqual([]);
    expect(await arena.outside(`docker ps -q --filter name=belowdeck-${id} | wc -l`)).toBe('1');
    await arena.client.call('sandbox.end', { sandboxId: id, reason: 'admin' });
  }, 150_000);
});
