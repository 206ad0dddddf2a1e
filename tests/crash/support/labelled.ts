import type { Belowdeck } from '#tests/support/belowdeck.ts';

/** Ids of sandboxes of which the sandbox host's Docker has a container, a network or a volume. */
export async function labelled({ host }: Belowdeck): Promise<string[]> {
  const filter = '--filter label=belowdeck.sandbox';
  const format = `--format '{{.Label "belowdeck.sandbox"}}'`;
  const { stdout } = await host.inside([
    'sh',
    '-c',
    `docker ps -a ${filter} ${format}; docker network ls ${filter} ${format}; docker volume ls ${filter} ${format}`,
  ]);
  return [...new Set(stdout.split('\n').filter(id => id !== ''))];
}
