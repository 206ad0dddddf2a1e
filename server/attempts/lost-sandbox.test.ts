import { describe, expect, it } from 'vitest';
import { sandboxSchema } from '#domain/protocol/sandbox.ts';
import { lostSandbox } from './lost-sandbox.ts';

describe('lostSandbox', () => {
  it('is a whole record that says the host lost it', () => {
    const lost = lostSandbox('0123456789ab', 'a', null, 5);
    expect(sandboxSchema.parse(lost)).toMatchObject({ state: 'ended', ended: { reason: 'host-lost', at: 5 } });
  });

  it('keeps what was known, and an end that was seen', () => {
    const known = { ...lostSandbox('0123456789ab', 'a', null, 5), egress: true };
    expect(lostSandbox('0123456789ab', 'a', { ...known, state: 'ready', ended: null }, 9)).toMatchObject({
      egress: true,
      ended: { at: 9 },
    });
    expect(lostSandbox('0123456789ab', 'a', known, 9)).toBe(known);
  });
});
