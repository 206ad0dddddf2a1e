import type { Arena } from '../support/arena.ts';
import type { Attack } from '../support/attack.ts';
import { assertCanary, canaryAddress6, canaryAddresses, heard, ports } from '../support/canaries.ts';
import { onTheWire } from './wire.ts';

/** Every way to knock at an address at once: TCP, UDP, ICMP, from the sandbox and from a container in it. */
function knock(address: string, port: number): string {
  return `exec 2>&1
    { curl -s --http0.9 -m 2 http://${address}:${port}/ || echo "curl $?"; } &
    bash -c 'echo hello >/dev/udp/${address}/${port}' &
    { ping -c 1 -W 1 ${address} | grep -c 'bytes from' | sed 's/^/PINGS /'; } &
    { docker run --rm busybox sh -c 'nc -w 2 ${address} ${port} </dev/null || echo "nc $?"' | sed 's/^/CONTAINER /'; } &
    wait`;
}

/** Root in the sandbox first takes away what may stand in the way inside: rules, and its own bridges' routes. */
function clearTheWay(addresses: readonly string[]): string {
  return `iptables -P FORWARD ACCEPT; iptables -F DOCKER-USER 2>/dev/null
    gateway=$(ip route | awk '/^default/ { print $3; exit }')
    for a in ${addresses.join(' ')}; do [ $a = $gateway ] || ip route replace $a via $gateway dev eth0; ip route get $a | head -1; done`;
}

async function attempt(arena: Arena, name: 'canary' | 'gateway', address: string, port: number): Promise<string> {
  await assertCanary(arena, address, port);
  await heard(arena, name);
  const route = await arena.attacker(clearTheWay([address]));
  const tried = await arena.attacker(knock(address, port));
  return `ROUTE ${route}\n${tried}\nHEARD ${(await heard(arena, name)) || 'nothing'}`;
}

/** Curl 7 (refused by REJECT) or 28 (dropped), no ping came back, and the canary heard nothing although the sandbox has a route. */
const held =
  /^ROUTE [\d.]+ (?:via [\d.]+ )?dev eth0 (?=[\s\S]*^curl (?:7|28)$)(?=[\s\S]*^PINGS 0$)(?=[\s\S]*^CONTAINER nc)[\s\S]*^HEARD nothing$/m;
const bites = /^HEARD (tcp|udp)/m;

const beyond: readonly Attack[] = canaryAddresses.map(address => ({
  name: address === '203.0.113.9' ? 'the outside world without egress' : `${address} (canary)`,
  fence: 'network',
  run: arena => attempt(arena, 'canary', address, ports.canary),
  held,
  bites,
}));

/** Addresses of the sandbox host itself, as `ip` there lists them. */
async function hostAddress(arena: Arena, which: string): Promise<string> {
  const [address = ''] = (await arena.outside(which)).split('\n');
  if (!/^[\d.]+$/.test(address)) throw new Error(`no address from: ${which}`);
  return address;
}
const addressOf = (device: string) => `ip -4 -o addr show dev ${device} | awk '{ sub("/.*", "", $4); print $4 }'`;

const gateways: readonly Attack[] = [
  ['the gateway of its own bridge', (arena: Arena) => addressOf(`bd${arena.own.id}`)],
  ['the gateway of another sandbox’s bridge', (arena: Arena) => addressOf(`bd${arena.other.id}`)],
  ['the gateway of the engine’s default bridge', () => addressOf('docker0')],
  ['the sandbox host’s own address', () => addressOf('eth0')],
].map(([name, find]) => ({
  name: name as string,
  fence: 'network',
  run: async arena =>
    attempt(arena, 'gateway', await hostAddress(arena, (find as (a: Arena) => string)(arena)), ports.gateway),
  held,
  bites,
}));

/** Over every bridge and the outer address: sandboxd, and the engine on the ports where engines listen. */
const services: Attack = {
  name: 'sandboxd and the engine on any address of the sandbox host',
  fence: 'network',
  async run(arena) {
    const control = await arena.outside(`curl -s -m 3 http://$(${addressOf('eth0')} | head -1):7070/healthz`);
    const addresses = await arena.outside(
      `for d in bd${arena.own.id} bd${arena.other.id} docker0 eth0; do ${addressOf('$d')}; done`,
    );
    await arena.attacker(clearTheWay(addresses.split('\n')));
    const tries = addresses.split('\n').flatMap(a => [7070, 2375, 2376].map(port => `${a}:${port}`));
    const seen = await arena.attacker(
      `for t in ${tries.join(' ')}; do curl -s -m 2 http://$t/healthz && echo " ANSWER $t" & done; wait; echo "TRIED ${tries.length}"`,
      40_000,
    );
    return `CONTROL ${control}\n${seen}`;
  },
  held: /^CONTROL \{"ok":true\}\nTRIED 12$/,
  bites: /ANSWER/,
};

/** Whether a device speaks IPv6, by the kernel's word: on, off, or absent where the kernel has none at all. */
const ipv6On = (device: string) =>
  `if [ ! -d /proc/sys/net/ipv6 ]; then echo absent; elif [ "$(cat /proc/sys/net/ipv6/conf/${device}/disable_ipv6)" = 0 ]; then echo on; else echo off; fi`;

/**
 * Says how far it could be tried. WAY: IPv6 at the sandbox host's end of the way to the canary, and at the canary's. Where
 * both are on the control must be reached; where one is not there is no canary, and what is shown is the sandbox's end only.
 */
const ipv6: Attack = {
  name: `${canaryAddress6} and the bridge by IPv6, with addresses and routes of its own making`,
  fence: null,
  async run(arena) {
    const bridge = await arena.outside(
      `ip -6 -o addr show dev bd${arena.own.id} | awk '{ print $4; exit }' | cut -d/ -f1`,
    );
    const way = await arena.outside(`a=$(${ipv6On('canary0')})
      b=$(ip netns exec canary sh -c '${ipv6On('eth0')}'); echo "$a/$b"`);
    const control = await arena.outside(`curl -g -s -m 2 http://[${canaryAddress6}]:${ports.canary}/ || echo none`);
    await heard(arena, 'canary');
    const tried = await arena.attacker(`exec 2>&1
      for s in all default eth0; do echo 0 >/proc/sys/net/ipv6/conf/$s/disable_ipv6; done
      ip -6 addr add fd00:97::2/64 dev eth0 nodad; ip -6 route add default via ${bridge || 'fe80::1'} dev eth0
      echo "SANDBOX $(${ipv6On('eth0')})"; echo "ROUTE $(ip -6 route get ${canaryAddress6} | head -1)"
      curl -g -s -m 2 http://[${canaryAddress6}]:${ports.canary}/ || echo "curl $?"
      [ -z '${bridge}' ] || curl -g -s --http0.9 -m 2 "http://[${bridge}%25eth0]:${ports.gateway}/" || echo "curl $?"`);
    return `WAY ${way}\nCONTROL ${control}\n${tried}\nHEARD ${(await heard(arena, 'canary')) || 'nothing'}`;
  },
  held: /^WAY (?:on\/on\nCONTROL canary|(?!on\/on)(?:on|off|absent)\/(?:on|off|absent)\nCONTROL none)\n(?:[\s\S]*\n)?(?:SANDBOX on\nROUTE \S[^\n]* dev eth0 [^\n]*|SANDBOX absent\nROUTE[^\n]*)\n[\s\S]*^curl (7|28)$[\s\S]*^HEARD nothing$/m,
  bites: /^canary$|^HEARD (tcp|udp)/m,
};

/** Another sandbox's container publishes a port; the control is the sandbox host reaching it. */
const neighbour: Attack = {
  name: 'another sandbox, by its address and by taking that address',
  fence: null,
  async run(arena) {
    await arena.neighbour('docker rm -f shown 2>/dev/null; docker run -d --name shown -p 80:80 nginx; sleep 1');
    const address = await arena.outside(
      `docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' belowdeck-${arena.other.id}`,
    );
    const control = await arena.outside(`curl -s -m 3 http://${address}/ | grep -c '<html'`);
    const tried = await arena.attacker(`exec 2>&1
      curl -s -m 2 http://${address}/ || echo "curl $?"
      ip addr add ${address.replace(/\d+$/, '9')}/24 dev eth0; curl -s -m 2 http://${address}/ || echo "curl $?"
      ping -c 1 -W 1 ${address} | grep -c 'bytes from' | sed 's/^/PINGS /'`);
    return `CONTROL ${control}\n${tried}`;
  },
  held: /^CONTROL 1\ncurl (7|28)\n[\s\S]*curl (7|28)\n[\s\S]*PINGS 0$/,
  bites: /<html/,
};

const names: Attack = {
  name: 'have the sandbox host look names up for it',
  fence: null,
  run: arena =>
    arena.attacker(`cat /etc/resolv.conf; timeout 6 getent hosts belowdeck-canary.test || echo "getent $?"`),
  held: /^nameserver 127\.0\.0\.11$[\s\S]*ExtServers: \[127\.0\.0\.1\]$[\s\S]*^getent (2|124)$/m,
  bites: /canary\.test$/m,
};

/** All sandboxes have one mirror: what one changed there, others would run. The control is that it can be read. */
const mirror: Attack = {
  name: 'the registry mirror: push, delete, its other ports and those beside it',
  fence: null,
  run: arena =>
    arena.attacker(`ask() { curl -s -o /dev/null -m 4 -w '%{http_code} ' "$@"; }
      for p in 5000 5001; do u=http://10.214.0.1:$p/v2; ask $u/; ask -X POST $u/library/nginx/blobs/uploads/; ask -X PUT --data x $u/library/nginx/manifests/latest
        ask -X DELETE $u/library/nginx/manifests/sha256:${'0'.repeat(64)}; echo; done
      docker tag busybox 10.214.0.1:5000/library/busybox:mine; docker push 10.214.0.1:5000/library/busybox:mine >/dev/null 2>&1 && echo PUSHED
      for p in 22 53 80 443 2375 2376 4999 5002 5003 7070 8080; do timeout 2 bash -c "</dev/tcp/10.214.0.1/$p" 2>/dev/null && echo "OPEN $p" & done; wait; echo TRIED`),
  held: /^200 405 405 405 \n(?:200|000|502|503) (?:405|000) (?:405|000) (?:405|000) \nTRIED$/,
  bites: /PUSHED|OPEN|\b20[12]\b/,
};

export const network: readonly Attack[] = [
  ...beyond,
  ...gateways,
  services,
  ipv6,
  neighbour,
  names,
  mirror,
  ...onTheWire,
];
