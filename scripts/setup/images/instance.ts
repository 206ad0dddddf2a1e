/** The names that one installation's sandbox host has in the host's Docker. Two instances share nothing but images. */
export type InstanceNames = { container: string; dockerVolume: string; stateVolume: string };

/** @throws TypeError when the name would not be a valid, unmistakable part of a container's name. */
export function instanceNames(instance: string): InstanceNames {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(instance)) {
    throw new TypeError(`"${instance}" is no instance name: 1 to 40 lower-case letters, digits and hyphens are.`);
  }
  const container = `belowdeck-${instance}`;
  return { container, dockerVolume: container, stateVolume: `${container}-state` };
}

/** The label by which everything of an instance is found. */
export const INSTANCE_LABEL = 'belowdeck.instance';
