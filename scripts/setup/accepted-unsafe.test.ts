import { expect, it } from 'vitest';
import { acceptedUnsafe } from './accepted-unsafe.ts';

const of = (value: string | undefined) => acceptedUnsafe({ BELOWDECK_ACCEPT_UNSAFE_SANDBOXES: value });

it('passes a list of probes on, and nothing when there is none', () => {
  expect(of('uid-mapping,system-calls')).toEqual({ acceptUnsafe: 'uid-mapping,system-calls' });
  expect([of(undefined), of(''), of('  ')]).toEqual([{}, {}, {}]);
});

it.each(['yes please', 'all,', 'A', 'a;b', ',a'])('refuses %j', value =>
  expect(() => of(value)).toThrow(/ACCEPT_UNSAFE/),
);
