import { waitUntil } from '#tests/support/wait-until.ts';
import type { Arena } from './arena.ts';

/** Addresses that are somebody's inside, held by a network namespace of ours; the last stands for the outside world. */
export const canaryAddresses = [
  '169.254.169.254',
  '10.99.0.1',
  '172.20.99.1',
  '192.168.99.1',
  '100.64.99.1',
  '198.18.99.1',
  '203.0.113.9',
] as const;
/** Where a cloud answers for its metadata by IPv6. */
export const canaryAddress6 = 'fd00:ec2::254';

/** Ports that the listeners in the sandbox host itself and in the canary namespace have. */
export const ports = { canary: 18_080, gateway: 18_081 } as const;

/** Says a line per contact, TCP or UDP, into a file; node is in the sandbox host. */
function listener(port: number, log: string): string {
  return `const fs = require('fs');
    const note = from => fs.appendFileSync('${log}', from + '\\n');
    require('net').createServer(s => { note('tcp ' + s.remoteAddress + ' to ' + s.localAddress); s.on('error', () => {}); s.end('canary\\n'); }).listen(${port}, '::');
    const udp = require('dgram').createSocket('udp6'); udp.on('message', (m, r) => note('udp ' + r.address)); udp.bind(${port}, '::');
    setTimeout(() => process.exit(), 600000);`;
}

/**
 * Puts the canaries in place: a namespace behind a veth pair inside the sandbox host with routes to it, and a listener
 * on all addresses of the sandbox host. Idempotent. Nothing leaves the sandbox host.
 */
export async function placeCanaries(arena: Arena): Promise<void> {
  const start = (prefix: string, port: number, name: string) =>
    `${prefix} node -e "$(cat <<'JS'\n${listener(port, `/run/${name}.log`)}\nJS\n)" >/dev/null 2>&1 & echo $! >/run/${name}.pid`;
  await arena.outside(`
    for name in canary gateway; do [ -e /run/$name.pid ] && kill $(cat /run/$name.pid); : >/run/$name.log; done 2>/dev/null
    ip netns del canary 2>/dev/null; ip link del canary0 2>/dev/null; sleep 0.1
    set -e
    ip netns add canary
    ip link add canary0 type veth peer name eth0 netns canary
    ip addr add 10.98.0.1/30 dev canary0; ip -6 addr add fd00:98::1/64 dev canary0 nodad || true; ip link set canary0 up
    ip -n canary link set lo up; ip -n canary link set eth0 up
    ip -n canary addr add 10.98.0.2/30 dev eth0; ip -n canary -6 addr add fd00:98::2/64 dev eth0 nodad || true
    ip -n canary route add default via 10.98.0.1; ip -n canary -6 route add default via fd00:98::1 || true
    for a in ${canaryAddresses.join(' ')}; do ip -n canary addr add $a/32 dev lo; ip route replace $a/32 via 10.98.0.2 dev canary0; done
    ip -n canary -6 addr add ${canaryAddress6}/128 dev lo || true; ip -6 route replace ${canaryAddress6}/128 via fd00:98::2 dev canary0 || true
    ${start('ip netns exec canary', ports.canary, 'canary')}
    ${start('', ports.gateway, 'gateway')}`);
  await waitUntil('the canaries to answer', async () => /^canary$/m.test(await contact(arena, '10.99.0.1')), 10_000);
}

export async function removeCanaries(arena: Arena): Promise<void> {
  await arena.outside(`for name in canary gateway; do kill $(cat /run/$name.pid); rm -f /run/$name.*; done
    ip netns del canary; ip link del canary0 2>/dev/null`);
}

/** The positive control: the sandbox host itself reaches it. */
function contact(arena: Arena, address: string, port: number = ports.canary): Promise<string> {
  const host = address.includes(':') ? `[${address}]` : address;
  return arena.outside(`curl -s --http0.9 -m 3 http://${host}:${port}/ || echo "curl $?"`);
}

/** Refuses unless this address leads to the canary and answers: no attack is aimed at anything else. */
export async function assertCanary(arena: Arena, address: string, port: number = ports.canary): Promise<void> {
  const route = await arena.outside(`ip route get ${address}`);
  const own = port === ports.gateway ? /^local /.test(route) : / dev canary0 /.test(route);
  if (!own) throw new Error(`${address} does not lead to a canary: ${route}`);
  const answer = await contact(arena, address, port);
  if (!/^canary$/m.test(answer)) throw new Error(`the canary at ${address} does not answer: ${answer}`);
}

/** What the canaries heard since the last call, the controls of the sandbox host itself left out. */
export async function heard(arena: Arena, name: 'canary' | 'gateway'): Promise<string> {
  const text = await arena.outside(`cat /run/${name}.log; : >/run/${name}.log`);
  return text.trim();
}
