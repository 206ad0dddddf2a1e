import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckSpec } from '#domain/check/spec.ts';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe('learner text', () => {
  it('with escapes, bidi marks and HTML reaches a verdict escaped and short', async () => {
    await arena.attacker(`docker run -d --name web -l $'evil=\\e]0;owned\\a<script>alert(1)</script>' \
      -e $'X=\\e[2J\\u202eevil' -e "LONG=$(head -c 60000 /dev/zero | tr '\\0' y)" busybox sleep 90`);
    const facts = await look(arena, { containers: true });
    const web = facts.containers?.find(each => each.name === 'web');
    expect(web?.env.join()).toMatch(control);
    expect(Math.max(...(web?.env ?? []).map(each => each.length))).toBeLessThanOrEqual(1_024);
    const specs: CheckSpec[] = [
      { container: { name: 'web', env: { X: 'fine' } } },
      { container: { name: 'web', env: { LONG: 'fine' } } },
      { container: { name: 'web', label: { evil: 'fine' } } },
    ];
    for (const spec of specs) {
      const said = verdict(facts, spec);
      expect(said.outcome).toBe('failed');
      expect(said.observed).not.toMatch(control);
      expect(said.observed.length).toBeLessThan(500);
    }
  });

  it('as thousands of labels and megabytes of arguments is bounded', async () => {
    await arena.attacker(
      `perl -e 'print qq(l$_=) . ("z" x 60) . qq(\\n) for 1 .. 2000' >/root/labels
      docker run -d --name many --label-file /root/labels busybox sleep 90
      perl -e 'exec {"/bin/sleep"} ("sleep", "90", map { "0" x 100000 } 1 .. 10)' >/dev/null 2>&1 &`,
      40_000,
    );
    const facts = await look(arena, { containers: true, processes: true });
    const many = facts.containers?.find(each => each.name === 'many');
    expect(Object.keys(many?.labels ?? {}).length).toBe(64);
    for (const each of facts.processes ?? []) expect(JSON.stringify(each.argv).length).toBeLessThan(20_000);
  }, 60_000);
});
