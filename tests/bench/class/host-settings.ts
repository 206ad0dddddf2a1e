import type { PoolSettings } from '#domain/protocol/pool-settings.ts';
import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';

const FILE = '/var/lib/belowdeck/settings.json';

/** Sets the pool as an operator would; null puts the defaults back. sandboxd reads the file when it changes. */
export async function setPool(host: TestSandboxHost, pool: Partial<PoolSettings> | null): Promise<void> {
  if (pool === null) await host.inside(['rm', '-f', FILE]);
  else
    await host.inside(['sh', '-c', `cat >${FILE}.new && mv ${FILE}.new ${FILE}`], { input: JSON.stringify({ pool }) });
}
