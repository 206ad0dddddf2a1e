import { describe, expect, it } from 'vitest';
import type { Facts, ImageFact } from '#domain/facts/facts.ts';
import { said } from '../testing/find.ts';
import { idOf, makeFacts, makeImage } from '../testing/make-facts.ts';
import type { ImageSpec } from './image-spec.ts';

const images = (...facts: Partial<ImageFact>[]): Facts => makeFacts({ images: facts.map(makeImage) });
const other = `sha256:${idOf('2')}`;
const there = 'image `nginx` is there (`sha256:111111111111`)';

describe('image', () => {
  it.each<[string, Omit<ImageSpec, 'reference'>, Facts, Facts | null, string]>([
    ['there', {}, images({}), null, `passed: ${there}`],
    ['not there', {}, images(), null, 'failed: there is no image `nginx`'],
    [
      'another tag',
      {},
      images({ tags: ['nginx:1.27'] }),
      null,
      'failed: there is no image `nginx`; there is `nginx:1.27`',
    ],
    [
      'a slip',
      {},
      images({ tags: ['ngnix:latest'] }),
      null,
      'failed: there is no image `nginx`; there is `ngnix:latest`',
    ],
    ['gone', { absent: true }, images({ tags: ['nginx:1.27'] }), null, 'passed: there is no image `nginx`'],
    ['not gone', { absent: true }, images({}), null, `failed: ${there}`],
    ['new', { since: 'baseline' }, images({}), images(), `passed: ${there}`],
    ['built anew', { since: 'baseline' }, images({}), images({ id: other }), `passed: ${there}`],
    ['old', { since: 'baseline' }, images({}), images({}), 'failed: image `nginx` was there already, the same one'],
    [
      'new, unseen before',
      { since: 'baseline' },
      images({}),
      null,
      'unknown: image `nginx` was not looked at when this step was opened',
    ],
    ['same', { unchanged: true }, images({}), images({}), `passed: ${there}`],
    [
      'another',
      { unchanged: true },
      images({}),
      images({ id: other }),
      'failed: image `nginx` is another one than when this step was opened',
    ],
    [
      'was not there',
      { unchanged: true },
      images({}),
      images(),
      'failed: image `nginx` was not there when this step was opened',
    ],
  ])('%s', (_, fields, now, baseline, expected) => {
    expect(said({ image: { reference: 'nginx', ...fields } }, { now, baseline })).toBe(expected);
  });

  it('is unknown when images were not seen, and when the list was cut', () => {
    const silent = makeFacts({ gaps: [{ part: 'daemon', reason: 'timed out' }] });
    const cut = { ...images(), gaps: [{ part: 'images', reason: 'only the first 500 were listed' }] };
    const image = { reference: 'nginx', absent: true } as const;
    expect(said({ image }, { now: silent })).toBe('unknown: the images could not be listed: timed out');
    expect(said({ image }, { now: cut })).toBe(
      'unknown: not every image could be seen: only the first 500 were listed',
    );
    expect(said({ image: { reference: 'nginx' } }, { now: cut })).toMatch(/^unknown/);
  });

  it('goes by its id and by its digest too', () => {
    const now = images({ digests: [`nginx@sha256:${idOf('d')}`] });
    for (const reference of ['111111111111', `sha256:${idOf('1')}`, `nginx@sha256:${idOf('d')}`]) {
      expect(said({ image: { reference } }, { now })).toMatch(/^passed/);
    }
    expect(said({ image: { reference: `nginx@sha256:${idOf('e')}` } }, { now })).toMatch(/^failed/);
  });
});
