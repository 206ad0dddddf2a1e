import { type MetricFamily, parseExposition } from '#server/metrics/exposition.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

/** The sum over all samples with this name and these labels. */
export function sumOf(all: readonly MetricFamily[], name: string, labels: Record<string, string> = {}): number {
  return all
    .flatMap(({ samples }) => samples)
    .filter(sample => sample.name === name)
    .filter(sample => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** What sandboxd itself tells a scraper now. */
export async function sandboxdMetrics(url: string, client: SandboxdClient): Promise<MetricFamily[]> {
  const answer = await fetch(`${url}/metrics`, { headers: client.headers() });
  return parseExposition(await answer.text());
}
