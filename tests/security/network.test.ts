import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { network } from './attacks/network.ts';
import { type Arena, openArena } from './support/arena.ts';
import { assertCanary, placeCanaries, removeCanaries } from './support/canaries.ts';
import { withstand } from './support/withstand.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
  await placeCanaries(arena);
});
afterAll(async () => {
  await removeCanaries(arena);
  await arena.close();
});

it('attacks nothing but canaries: an address that leads elsewhere is refused', async () => {
  await expect(assertCanary(arena, '10.98.0.9')).rejects.toThrow('does not lead to a canary');
});

describe('root in a sandbox, its own rules taken down, does not reach', () => {
  it.each(network)('$name', attack => withstand(arena, attack));
});
