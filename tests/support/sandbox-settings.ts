import type { TestSandboxHost } from './sandbox-host.ts';

const file = '/var/lib/belowdeck/settings.json';

/** Gives the sandbox host the operator's settings as set-up would; it reads them at the next use. `{}`: all by default. */
export async function setSandboxSettings(host: TestSandboxHost, settings: object): Promise<void> {
  const script = `cat >${file}.new && mv ${file}.new ${file}`;
  await host.inside(['sh', '-c', script], { input: JSON.stringify(settings) });
}
