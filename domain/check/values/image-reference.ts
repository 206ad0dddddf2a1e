export interface ImageReference {
  /** With registry and `library/`: `docker.io/library/nginx`. */
  repository: string;
  /** null where a digest names the image. */
  tag: string | null;
  digest: string | null;
}

/**
 * Reads an image reference as the docker CLI does: `nginx` is `docker.io/library/nginx:latest`. What is no reference
 * becomes a repository of that spelling, which then matches nothing.
 */
export function parseImageReference(text: string): ImageReference {
  const [name = '', digest = null] = text.split('@', 2);
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const tag = colon < 0 ? null : name.slice(colon + 1);
  const path = colon < 0 ? name : name.slice(0, colon);
  const [first = '', ...rest] = path.split('/');
  const hasRegistry = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  const registry = hasRegistry ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const bare = hasRegistry ? rest.join('/') : path;
  const repository = registry === 'docker.io' && !bare.includes('/') ? `library/${bare}` : bare;
  return { repository: `${registry}/${repository}`, tag: digest ? null : (tag ?? 'latest'), digest };
}

/** Whether two references name the same repository, and the same tag or digest. */
export function sameReference(a: string, b: string): boolean {
  const left = parseImageReference(a);
  const right = parseImageReference(b);
  return left.repository === right.repository && left.tag === right.tag && left.digest === right.digest;
}

/** Whether `text` is an image id, whole or the first 12 or more digits of it. */
export function isImageId(text: string): boolean {
  return /^(sha256:)?[0-9a-f]{12,64}$/.test(text);
}
