import { describe, expect, it } from 'vitest';
import { noBaseline, whyFileUnseen, whyPartial, whyUnseen } from './gaps.ts';
import { makeDaemon, makeFacts } from './testing/make-facts.ts';

const facts = makeFacts({
  daemon: makeDaemon({ state: 'silent', reason: 'connection refused' }),
  gaps: [
    { part: 'images', reason: 'took more than 2 s' },
    { part: 'processes', reason: 'bad\u001B[0m' },
    { part: 'files', reason: '/a: a device' },
  ],
});

describe('why something is unknown', () => {
  it('is what was recorded for that part', () => {
    expect(whyUnseen(facts, 'images')).toBe('the images could not be listed: took more than 2 s');
    expect(whyUnseen(facts, 'processes')).toBe('the process table could not be read: bad\\x1B[0m');
  });

  it("is the daemon's reason for what only the daemon tells", () => {
    expect(whyUnseen(facts, 'containers')).toBe('the containers could not be listed: connection refused');
    expect(whyUnseen(facts, 'cgroups')).toBe('the cgroups could not be read');
  });

  it('is that of the very file', () => {
    expect(whyFileUnseen(facts, '/a')).toBe('the file could not be read: a device');
    expect(whyFileUnseen(facts, '/ab')).toBe('the file could not be read: /a: a device');
  });

  it('tells a missing baseline from a blind one', () => {
    expect(noBaseline(null, 'images')).toBe('was not looked at when this step was opened');
    expect(noBaseline(facts, 'images')).toBe(
      'was not seen when this step was opened: the images could not be listed: took more than 2 s',
    );
  });

  it('a list without a gap of its own is whole', () => {
    expect(whyPartial(facts, 'containers')).toBeNull();
    expect(whyPartial(facts, 'images')).toBe('took more than 2 s');
  });
});
