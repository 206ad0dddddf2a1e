import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { run } from '#tests/support/sandbox-host.ts';
import { killService } from '../support/victims.ts';
import type { Learner } from './learner.ts';

/** A process that dies by SIGKILL, wherever it is in its work. */
export interface Kill {
  name: string;
  /** Whose sandboxes may go with it. */
  takes: 'none' | 'one' | 'all';
  /** Throws when there was nothing to kill. */
  fire(): Promise<void>;
}

const services = ['sandboxd', 'dockerd', 'containerd', 'mirror', 'mirror-cache', 'names'] as const;

/** Every process that Belowdeck consists of: web, the services of the sandbox host, that container's init, and those of a sandbox. */
export function kills({ belowdeck, victim }: { belowdeck: Belowdeck; victim: Learner }): readonly Kill[] {
  const { host } = belowdeck;
  const ownSandbox = async () => {
    const { sandbox } = await victim.look();
    if (sandbox?.state !== 'ready') throw new Error(`${victim.name} has no sandbox just now`);
    return sandbox.id;
  };
  const inSandbox = async (script: string) => void (await host.asRoot(await ownSandbox(), script));
  return [
    { name: 'the web process', takes: 'none', fire: () => belowdeck.killWeb() },
    ...services.map(name => ({
      name: `the sandbox host's ${name}`,
      takes: 'none' as const,
      fire: async () => void (await host.inside(['sh', '-c', killService(name)])),
    })),
    { name: 'the whole sandbox host', takes: 'all', fire: () => killInit(host.container) },
    { name: `${victim.name}'s dockerd`, takes: 'none', fire: () => inSandbox(killService('docker')) },
    { name: `${victim.name}'s containerd`, takes: 'none', fire: () => inSandbox(killService('containerd')) },
    {
      name: `the init of ${victim.name}'s sandbox`,
      takes: 'one',
      fire: async () => {
        const script = `kill -9 "$(docker inspect -f '{{.State.Pid}}' belowdeck-${await ownSandbox()})"`;
        await host.inside(['sh', '-c', script]);
      },
    },
  ];
}

/** The container's init takes everything in it along; Docker starts the container again. */
async function killInit(container: string): Promise<void> {
  const { stdout } = await run(['docker', 'inspect', '--format', '{{.State.Pid}}', container]);
  const pid = Number(stdout);
  if (!(pid > 1)) throw new Error(`${container} does not run`);
  process.kill(pid, 'SIGKILL');
}
