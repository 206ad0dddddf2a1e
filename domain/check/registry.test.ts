import { expect, it } from 'vitest';
import { CHECK_KINDS, kindOf } from './registry.ts';
import { type CheckSpec, checkSpecSchema } from './spec.ts';

it('has every kind that the schema takes, under its own name', () => {
  for (const [name, { kind }] of Object.entries(CHECK_KINDS)) {
    expect(kind).toBe(name);
    const refusal = checkSpecSchema.safeParse({ [name]: 7 });
    expect(refusal.error?.issues.map(issue => issue.path[0])).toContain(name);
  }
});

it('refuses what has no kind, without trusting its keys', () => {
  for (const spec of [{}, { constructor: {} }, { nonsense: 1 }]) {
    expect(() => kindOf(spec as CheckSpec)).toThrow(/has no kind/);
  }
});
