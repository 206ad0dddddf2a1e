import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { type ArmedCommand, armCommand } from './armed-command.ts';

/** Something that can die while a learner works. */
export interface Victim {
  /** Makes the kill ready; it is SIGKILL, so that nothing can be tidied up. */
  arm(belowdeck: Belowdeck, sandboxId: string): Promise<ArmedCommand>;
  /** Whether the learner's shell goes with it. */
  takesShell?: boolean;
  /** Whether the learner's containers go with it: without live-restore they end with their daemon. */
  takesContainers?: boolean;
}

/** By the supervisor's PID file: a name would also match what runs in the sandboxes. */
export const killService = (name: string) => `kill -9 "$(cat /etc/service/${name}/supervise/pid)"`;
const inHost = ({ host }: Belowdeck) => ['docker', 'exec', '-i', host.container];

const ofHost = (name: string): Victim['arm'] => {
  return belowdeck => armCommand(inHost(belowdeck), killService(name));
};

export const victims: Readonly<Record<string, Victim>> = {
  'the web process': { arm: async belowdeck => ({ fire: () => belowdeck.killWeb() }) },
  sandboxd: { arm: ofHost('sandboxd'), takesShell: true },
  "the sandbox host's dockerd": { arm: ofHost('dockerd') },
  "the sandbox host's containerd": { arm: ofHost('containerd') },
  "the sandbox's dockerd": {
    arm: (belowdeck, sandboxId) =>
      armCommand(
        [...inHost(belowdeck), 'docker', 'exec', '-i', '-u', 'root', `belowdeck-${sandboxId}`],
        killService('docker'),
      ),
    takesContainers: true,
  },
};

/** Kills sandboxd in the moment in which a sandbox that is being started has its network, and nothing else yet. */
export function armKillInMidStart(belowdeck: Belowdeck): Promise<ArmedCommand> {
  const networks = 'docker network ls -q --filter label=belowdeck.sandbox | sort';
  const fresh = `${networks} | comm -13 /tmp/networks-before - | grep -q .`;
  return armCommand(
    inHost(belowdeck),
    `until ${fresh}; do :; done; ${killService('sandboxd')}`,
    `${networks} >/tmp/networks-before`,
  );
}
