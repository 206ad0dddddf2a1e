import type { Facts, ImageFact } from '#domain/facts/facts.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { boundedList } from './bounded-text.ts';
import { innerImageListSchema } from './inner-schemas.ts';
import { observerLimits } from './observer-limits.ts';

/** All images, newest first, as far as the bounds go. Throws when the API does not answer. */
export async function observeImages(docker: EngineClient): Promise<{ value: ImageFact[]; gaps: Facts['gaps'] }> {
  const list = await docker.json(innerImageListSchema, { path: '/images/json' });
  const newest = list.sort((a, b) => b.Created - a.Created).slice(0, observerLimits.maxImages);
  const value = newest.map(image => ({
    id: image.Id,
    tags: boundedList(image.RepoTags),
    digests: boundedList(image.RepoDigests),
    createdAt: image.Created * 1000,
    bytes: image.Size,
  }));
  const gaps =
    list.length > newest.length
      ? [{ part: 'images', reason: `${list.length} images; only the newest ${newest.length} were looked at` }]
      : [];
  return { value, gaps };
}
