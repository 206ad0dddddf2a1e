import type { IncomingMessage } from 'node:http';
import { isLoopback } from './host.ts';

/** Set by our own server on every request (and overwritten if a client sent it): the address rate limits count by. */
export const clientAddressHeader = 'x-belowdeck-client';

/**
 * The address a request came from. The last hop of X-Forwarded-For counts only when a reverse proxy on this machine
 * connected to us and we are reached by https through it: else anybody could claim any address.
 */
export function clientAddress(request: IncomingMessage, https: boolean): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const plain = peer.replace(/^::ffff:/, '');
  const forwarded = request.headers['x-forwarded-for'];
  if (!https || !isLoopback(plain) || forwarded === undefined) return network(plain);
  const last = String(forwarded).split(',').at(-1)?.trim() ?? '';
  return network(/^[0-9a-fA-F.:]{3,45}$/.test(last) ? last : plain);
}

/** An IPv6 customer has a whole /64: count by that. */
function network(address: string): string {
  if (!address.includes(':') || isLoopback(address)) return address;
  const groups = address.split('::')[0]?.split(':').slice(0, 4) ?? [];
  return `${groups.join(':')}::/64`;
}
