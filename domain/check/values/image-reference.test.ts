import { describe, expect, it } from 'vitest';
import { isImageId, parseImageReference, sameReference } from './image-reference.ts';

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx', 'latest'],
    ['nginx:1.27', 'docker.io/library/nginx', '1.27'],
    ['someone/app', 'docker.io/someone/app', 'latest'],
    ['docker.io/nginx', 'docker.io/library/nginx', 'latest'],
    ['index.docker.io/library/nginx:latest', 'docker.io/library/nginx', 'latest'],
    ['localhost:5000/app', 'localhost:5000/app', 'latest'],
    ['localhost/app:2', 'localhost/app', '2'],
    ['ghcr.io/a/b/c:v1', 'ghcr.io/a/b/c', 'v1'],
  ])('%s', (text, repository, tag) => {
    expect(parseImageReference(text)).toEqual({ repository, tag, digest: null });
  });

  it('lets a digest outdo the tag', () => {
    expect(parseImageReference('nginx:1.27@sha256:abc')).toEqual({
      repository: 'docker.io/library/nginx',
      tag: null,
      digest: 'sha256:abc',
    });
  });

  it('makes something harmless of nonsense', () => {
    for (const text of ['', '@', ':', '///', 'a@b@c', '\u0000']) expect(() => parseImageReference(text)).not.toThrow();
  });
});

it.each([
  ['nginx', 'docker.io/library/nginx:latest', true],
  ['nginx', 'nginx:1', false],
  ['nginx@sha256:a', 'docker.io/library/nginx@sha256:a', true],
  ['nginx@sha256:a', 'nginx', false],
])('%s and %s name the same: %s', (a, b, same) => {
  expect(sameReference(a, b)).toBe(same);
});

it.each([
  ['0123456789ab', true],
  [`sha256:${'a'.repeat(64)}`, true],
  ['0123456789a', false],
  ['nginx', false],
])('%s is an id: %s', (text, is) => {
  expect(isImageId(text)).toBe(is);
});
