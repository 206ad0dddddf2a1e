import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimSandbox } from '#tests/support/claim.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

const needs = { daemon: true, containers: true, images: true, processes: true };
const flipRuns = { container: { name: 'flip', state: 'running' } } as const;

/** When the process that is sandboxd now was started. */
const startedAt = async () => (await arena.client.call('host.status', {})).startedAt;

/** Looks for some seconds, as often as it can, while something in the sandbox is killed; the verdicts that it gave. */
async function verdictsFor(ms: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const facts = await look(arena, { ...needs, files: [{ path: '/etc/passwd', container: 'flip' }] });
    // What could not be seen has its reason; nothing is left out without one.
    if (facts.containers === null) expect(facts.gaps.map(gap => gap.part)).toContain('containers');
    outcomes.push(verdict(facts, flipRuns).outcome);
  }
  return outcomes;
}
/** Kills again and again for longer than the looks take; await it before the next attack. */
const killing = (script: string) =>
  arena.attacker(`end=$((SECONDS + 9)); while [ $SECONDS -lt $end ]; do ${script}; done`, 40_000);

describe('while a check looks, a learner kills again and again', () => {
  it('the container that it asks about: passed or failed by what was there', async () => {
    const before = await startedAt();
    const attack = killing('docker run -d --name flip busybox sleep 9 && docker rm -f flip');
    const outcomes = await verdictsFor(7_000);
    await attack;
    expect(outcomes).toContain('failed');
    expect(outcomes.length).toBeGreaterThan(2);
    expect(await startedAt()).toBe(before);
  }, 90_000);

  it('its main process only, by the kernel: never passed once it is gone', async () => {
    await arena.attacker('docker rm -f flip; docker run -d --name flip busybox sleep 300', 30_000);
    expect(verdict(await look(arena, needs), flipRuns).outcome).toBe('passed');
    await arena.attacker("pkill -9 -f '^sleep 300'; sleep 0.2");
    expect(verdict(await look(arena, needs), flipRuns).outcome).not.toBe('passed');
  }, 90_000);

  it('its dockerd: unknown with the reason, never an error, and true again afterwards', async () => {
    const before = await startedAt();
    const attack = killing('pkill -9 -x dockerd; sleep 0.7');
    const outcomes = await verdictsFor(7_000);
    await attack;
    expect(outcomes).toContain('unknown');
    expect(outcomes).not.toContain('passed');
    await arena.attacker(
      'service docker restart; until docker info >/dev/null 2>&1; do sleep 0.3; done; docker rm -f flip; docker run -d --name flip busybox sleep 300',
      60_000,
    );
    await waitUntil('the truth', async () => verdict(await look(arena, needs), flipRuns).outcome === 'passed', 30_000);
    expect(await startedAt()).toBe(before);
  }, 150_000);

  it('every process that it may, its init included: the sandbox ends, sandboxd and the neighbour go on', async () => {
    const before = await startedAt();
    const { id: sandboxId } = await claimSandbox(arena.client);
    const ask = () =>
      arena.client.call('facts.get', { sandboxId, needs }).then(
        facts => facts.gaps.length,
        error => error.code,
      );
    expect(await ask()).toBe(0);
    const dying = arena.outside(
      `docker exec -u root belowdeck-${sandboxId} bash -c 'sleep 0.5; kill -9 -1'; docker kill belowdeck-${sandboxId}`,
    );
    const answers = new Set<unknown>();
    for (const end = Date.now() + 6_000; Date.now() < end; ) {
      const began = performance.now();
      answers.add(await ask());
      expect(performance.now() - began).toBeLessThan(9_000);
    }
    await dying;
    // Gaps, or that it is gone: nothing else.
    for (const answer of answers)
      if (typeof answer !== 'number') expect(answer).toBeOneOf(['sandbox-not-found', 'sandbox-ended']);
    const { daemon } = await arena.client.call('facts.get', { sandboxId: arena.other.id, needs });
    expect(daemon?.state).toBe('up');
    expect(await startedAt()).toBe(before);
  }, 90_000);
});
