import type { InnerInspect } from './inner-schemas.ts';

/**
 * Whether a container's settings carry the defaults that only the docker CLI writes into its request: a swappiness of −1
 * and a restart policy spelled "no". A bare API request leaves them out, and the daemon keeps them as null and "".
 */
export function wasCreatedByCli({ HostConfig: host }: Pick<InnerInspect, 'HostConfig'>): boolean {
  return host.RestartPolicy?.Name !== '' && host.BlkioDeviceReadBps !== null && host.Devices !== null;
}
