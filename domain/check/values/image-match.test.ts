import { describe, expect, it } from 'vitest';
import { idOf, makeContainer, makeImage } from '../testing/make-facts.ts';
import { containerRunsImage, imageGoesBy } from './image-match.ts';

const image = makeImage({ tags: ['nginx:latest', 'localhost:5000/web:2'], digests: [`nginx@sha256:${idOf('d')}`] });

describe('imageGoesBy', () => {
  it.each([
    ['nginx', true],
    ['docker.io/library/nginx:latest', true],
    ['localhost:5000/web:2', true],
    ['localhost:5000/web', false],
    [`nginx@sha256:${idOf('d')}`, true],
    [`httpd@sha256:${idOf('d')}`, false],
    [idOf('1').slice(0, 12), true],
    [idOf('1').slice(0, 11), false],
    [`sha256:${idOf('1')}`, true],
  ])('%s: %s', (reference, goes) => {
    expect(imageGoesBy(reference, image)).toBe(goes);
  });
});

describe('containerRunsImage', () => {
  it('goes by the reference alone where images were not seen', () => {
    expect(containerRunsImage('nginx', makeContainer({ image: 'nginx:latest' }), null)).toBe(true);
    expect(containerRunsImage('nginx', makeContainer({ image: idOf('1').slice(0, 12) }), null)).toBe(false);
  });

  it('goes by the image id where they were: the tag may have moved on', () => {
    const byId = makeContainer({ image: idOf('1').slice(0, 12) });
    expect(containerRunsImage('nginx', byId, [image])).toBe(true);
    expect(containerRunsImage('nginx', { ...byId, imageId: `sha256:${idOf('9')}` }, [image])).toBe(false);
  });
});
