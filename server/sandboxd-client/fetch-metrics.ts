import { clientLimits } from './client-limits.ts';

/** sandboxd's numbers as text, for a scrape. Rejects when it does not answer in time, refuses, or says too much. */
export async function fetchSandboxdMetrics(options: { url: string; token: string }): Promise<string> {
  const response = await fetch(new URL('/metrics', options.url), {
    headers: { authorization: `Bearer ${options.token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(clientLimits.metricsTimeoutMs),
  });
  if (!response.ok || !response.body) throw new Error(`sandboxd answered a scrape with ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > clientLimits.maxMetricsBytes) throw new Error(`numbers of more than ${bytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
