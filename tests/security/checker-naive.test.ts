import { afterAll, beforeAll, describe, it } from 'vitest';
import { onTheChecker } from './attacks/checker.ts';
import { type Arena, openArena } from './support/arena.ts';
import { withstand } from './support/withstand.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(async () => {
  await arena.outside('rm -rf /root/canary');
  await arena.close();
});

// `--weaken=observer` runs the same attacks on a checker that looks naively, and requires that it is fooled.
describe('the platform’s checker is not fooled and does not hang by', () => {
  it.each(onTheChecker)('$name', attack => withstand(arena, attack));
});
