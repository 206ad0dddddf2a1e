import { z } from 'zod';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime, type Runtime } from '#server/runtime.ts';

type LimitName = Parameters<Runtime['limits']['take']>[0];

/** The largest body an action has: an answer of 2,000 characters, escaped. */
const maxBodyBytes = 16 * 1024;

export interface Call<P, B> {
  runtime: Runtime;
  viewer: Viewer;
  params: P;
  body: B;
}

/** Next's second argument of a route handler. */
interface Context<P> {
  params: Promise<P>;
}

export interface LearnerRouteOptions<B> {
  /** What the body must be; none is read without it. An empty one counts as `{}`. */
  body?: z.ZodType<B>;
  /** Counted per account. */
  limit?: LimitName;
}

/**
 * A route handler for somebody signed in: same-origin guard, session, rate limit, parsed body; the result as JSON, or
 * the error's code and its sentence for people.
 */
export function learnerRoute<P, B = undefined>(
  options: LearnerRouteOptions<B>,
  handle: (call: Call<P, B>) => Promise<unknown>,
) {
  return async (request: Request, context: Context<P>): Promise<Response> => {
    const runtime = getRuntime();
    try {
      runtime.http.guard(request);
      const viewer = await runtime.auth.viewerFrom(request.headers);
      if (!viewer) throw new CodedError('unauthorized', 'nobody is signed in');
      if (options.limit) await runtime.limits.take(options.limit, viewer.userId);
      const body = options.body ? await readBody(request, options.body) : (undefined as B);
      const result = await handle({ runtime, viewer, params: await context.params, body });
      return Response.json(result ?? null, { headers: { 'cache-control': 'no-store' } });
    } catch (error) {
      return runtime.http.respond(error);
    }
  };
}

async function readBody<B>(request: Request, schema: z.ZodType<B>): Promise<B> {
  const text = await request.text();
  if (text.length > maxBodyBytes) throw new CodedError('bad-request', `body of ${text.length} characters`);
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new CodedError('bad-request', 'the body is not JSON', { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new CodedError('bad-request', z.prettifyError(parsed.error));
  return parsed.data;
}
