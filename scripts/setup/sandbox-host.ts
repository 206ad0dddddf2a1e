import { ensureImages } from './images/ensure-images.ts';
import { loadEngine } from './images/load-engine.ts';
import type { Reporter } from './images/reporter.ts';
import { startSandboxHost } from './images/start-sandbox-host.ts';
import type { Secrets } from './secrets.ts';

/** Images, a running sandbox host and the lab image in it; answers where sandboxd listens. */
export async function ensureSandboxHost(secrets: Secrets, report: Reporter): Promise<{ url: string }> {
  const images = await ensureImages({ report });
  const host = await startSandboxHost({ instance: secrets.instance, token: secrets.sandboxdToken, images, report });
  await loadEngine({ instance: secrets.instance, images, report });
  return { url: host.url };
}
