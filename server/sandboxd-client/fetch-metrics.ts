import http from 'node:http';
import { clientLimits } from './client-limits.ts';
import { dialSandboxd } from './dial-sandboxd.ts';

/** sandboxd's numbers as text, for a scrape. Rejects when it does not answer in time, refuses, or says too much. */
export async function fetchSandboxdMetrics(options: {
  url: string;
  socket?: string | null;
  token: string;
}): Promise<string> {
  const url = new URL('/metrics', options.url);
  const dial = dialSandboxd(url, options.socket);
  const response = await answer(
    http.get(url, {
      ...dial.http,
      agent: false,
      headers: { authorization: `Bearer ${options.token}` },
      signal: AbortSignal.timeout(clientLimits.metricsTimeoutMs),
    }),
  ).catch(cause => {
    throw new Error(`sandboxd at ${dial.place} does not answer a scrape: ${dial.explain(cause)}`, { cause });
  });
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`sandboxd answered a scrape with ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > clientLimits.maxMetricsBytes) throw new Error(`numbers of more than ${bytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => request.on('response', resolve).on('error', reject));
}
