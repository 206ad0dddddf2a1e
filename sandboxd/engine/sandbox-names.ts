/** Label on everything that belongs to a sandbox; its value is the sandbox's id. Found and reaped by it. */
export const sandboxLabel = 'belowdeck.sandbox';

/** Name of a sandbox's container, network and volume. */
export function sandboxName(id: string): string {
  return `belowdeck-${id}`;
}

/** All bridges of sandboxes begin with this, which the network fence matches (`bd+`). */
export const bridgePrefix = 'bd';

/** Name of a sandbox's bridge: 14 characters, of the kernel's 15. */
export function bridgeName(id: string): string {
  return bridgePrefix + id;
}

/** Where the engine mounts a sandbox's disk; an engine that remaps users to `rootUid` keeps all its data below that name. */
export function sandboxVolumePath(id: string, rootUid: number, dataRoot = '/var/lib/docker'): string {
  return `${dataRoot}/${rootUid}.${rootUid}/volumes/${sandboxName(id)}/_data`;
}
