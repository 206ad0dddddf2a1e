import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

/** Kinds of files that a lab's `assets/` may show. Whatever else lies there is offered as a download. */
const types: Record<string, string> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  txt: 'text/plain; charset=utf-8',
};

interface Context {
  params: Promise<{ course: string; lab: string; name: string }>;
}

/** A picture or file of a lab. Names come from the catalog's list, so no path of a request reaches the disk. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { catalog, http } = getRuntime();
  const { course, lab, name } = await params;
  const bytes = catalog.asset(course, lab, name);
  if (!bytes) return http.respond(new CodedError('not-found', `no asset ${name} in ${course}/${lab}`));
  return new Response(bytes, {
    headers: {
      'content-type': types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
      // An SVG opened by itself is a document: it may not run anything.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'public, max-age=300',
    },
  });
}
