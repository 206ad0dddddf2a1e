import type { InnerInspect } from './inner-schemas.ts';

/**
 * Whether a container's settings carry the defaults that only the docker CLI writes into its request: it sends empty
 * lists for what was not asked for; a bare API request leaves these out, and the daemon keeps that as null.
 * Seen on Docker 26.1.5 with `docker create`, `docker run` and `curl …/containers/create`.
 */
export function wasCreatedByCli({ HostConfig: host }: Pick<InnerInspect, 'HostConfig'>): boolean {
  return [host.BlkioDeviceReadBps, host.BlkioWeightDevice, host.Devices, host.DnsOptions].every(Array.isArray);
}
