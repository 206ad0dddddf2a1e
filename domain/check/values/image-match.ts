import type { ContainerFact, ImageFact } from '#domain/facts/facts.ts';
import { isImageId, parseImageReference, sameReference } from './image-reference.ts';

const bareId = (id: string): string => id.replace(/^sha256:/, '');

/** Whether an image goes by this reference: a tag, a digest of that repository, or its id (12 digits or more). */
export function imageGoesBy(reference: string, image: ImageFact): boolean {
  if (isImageId(reference) && bareId(image.id).startsWith(bareId(reference))) return true;
  if (image.tags.some(tag => sameReference(tag, reference))) return true;
  return parseImageReference(reference).digest !== null && image.digests.some(one => sameReference(one, reference));
}

/**
 * Whether a container runs the image that `reference` names: by the reference it was created with, or since that
 * reference names the very image id it runs (created by id or by digest). `images` may be null (not seen).
 */
export function containerRunsImage(reference: string, container: ContainerFact, images: ImageFact[] | null): boolean {
  if (sameReference(reference, container.image)) return true;
  if (isImageId(reference) && bareId(container.imageId).startsWith(bareId(reference))) return true;
  return images?.some(image => image.id === container.imageId && imageGoesBy(reference, image)) ?? false;
}
