import { docker } from './docker-cli.ts';

/** Removes every image of Belowdeck's from the machine's Docker; `debian:trixie-slim` stays, others may use it. */
export async function removeImages(): Promise<void> {
  const listed = await docker(['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=belowdeck/*']);
  const names = listed.split('\n').filter(name => name !== '');
  if (names.length > 0) await docker(['rmi', '--force', ...names]);
}
