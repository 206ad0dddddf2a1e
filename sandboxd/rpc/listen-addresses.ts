import os from 'node:os';

/**
 * Where sandboxd listens: loopback, and the interfaces through which the sandbox host was reached before any sandbox
 * existed. Never a bridge, so that no sandbox has an address of ours, fence or not.
 */
export function listenAddresses(interfaces: NodeJS.Dict<os.NetworkInterfaceInfo[]> = os.networkInterfaces()): string[] {
  const outside = Object.entries(interfaces)
    .filter(([name]) => /^(eth|en|net)/.test(name))
    .flatMap(([, infos]) => infos ?? [])
    .filter(info => info.family === 'IPv4')
    .map(info => info.address);
  return ['127.0.0.1', ...outside];
}
