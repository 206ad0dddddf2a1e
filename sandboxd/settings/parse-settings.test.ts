import { expect, it } from 'vitest';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { parseSettings } from './parse-settings.ts';

it('reads what is set and leaves the rest as by default', () => {
  expect(parseSettings('{}').limits).toEqual(defaultLimits);
  expect(parseSettings('{ "limits": { "pids": 512 } }').limits).toEqual({ ...defaultLimits, pids: 512 });
});

it('names every problem with its place', () => {
  const problem = (text: string) => expect(() => parseSettings(text));
  problem('{ limits').toThrow(/^it is not JSON: /);
  problem('[]').toThrow(/^it must be an object/);
  problem('{ "limits": { "pids": 1 }, "limit": {} }').toThrow(
    /^limits: pids: 1 is out of bounds; use from 200 to 30000\n"limit" is no part of it; there is limits, pool/,
  );
});
