import { getRuntime } from '#server/runtime.ts';

/** Leads a browser into the preview of a port. People follow it as a link, so a refusal is a page. */
export async function GET(request: Request, context: { params: Promise<{ id: string; port: string }> }) {
  const { id: attemptId, port } = await context.params;
  const path = new URL(request.url).searchParams.get('path');
  return getRuntime().preview.lead(request.headers, { attemptId, port, path });
}
