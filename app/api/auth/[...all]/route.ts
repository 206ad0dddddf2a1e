import { getRuntime } from '#server/runtime.ts';

/** Signing in for programs; the pages use server actions. better-auth checks the Origin itself (server/auth). */
function handle(request: Request): Promise<Response> {
  return getRuntime().auth.handler(request);
}

export { handle as GET, handle as POST };
