import { expect } from 'vitest';
import type { Arena } from './arena.ts';
import type { Attack } from './attack.ts';
import { expectHealthy, healthDuring } from './health.ts';

/** The attack is really tried, and held. */
export async function withstand(arena: Arena, attack: Attack): Promise<void> {
  expectHeld(attack, await attack.run(arena));
}

/** The same, and neither the platform nor the neighbour notice. */
export async function withstandHealthily(arena: Arena, attack: Attack): Promise<void> {
  const { seen, health } = await healthDuring(arena, () => attack.run(arena));
  expectHealthy(health);
  expectHeld(attack, seen);
}

function expectHeld({ bites, held }: Attack, seen: string): void {
  expect(seen).not.toMatch(bites);
  expect(seen).toMatch(held);
}
