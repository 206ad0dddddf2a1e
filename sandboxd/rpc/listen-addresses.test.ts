import type os from 'node:os';
import { expect, it } from 'vitest';
import { listenAddresses } from './listen-addresses.ts';

const at = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4') => [{ address, family } as os.NetworkInterfaceInfo];

it('listens on loopback and the outer interface, never on a bridge', () => {
  const interfaces = {
    lo: at('127.0.0.1'),
    eth0: [...at('172.17.0.4'), ...at('fe80::1', 'IPv6')],
    docker0: at('10.212.0.1'),
    bdabcdef012345: at('10.213.0.1'),
    'br-123': at('10.213.0.17'),
  };
  expect(listenAddresses(interfaces)).toEqual(['127.0.0.1', '172.17.0.4']);
});
