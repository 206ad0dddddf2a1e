import { canaries } from './canaries.ts';
import type { TestSandboxHost } from './sandbox-host.ts';

/** A private address in a network namespace of the test's own, where it answers for every name. */
const address = '10.98.77.53';
/** What it answers; for names below `inside.` a private address. */
export const named = canaries.internet;

const server = `
const s = require('dgram').createSocket('udp4');
s.on('message', (m, r) => {
  let end = 12; while (m[end]) end += m[end] + 1; end += 5;
  const inside = m.subarray(12).includes('inside');
  const address = inside ? [10, 99, 0, 1] : ${JSON.stringify(named.split('.').map(Number))};
  const answer = m.readUInt16BE(end - 4) === 1 ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address]) : Buffer.alloc(0);
  s.send(Buffer.concat([Buffer.from([m[0], m[1], 0x81, 0x80, 0, 1, 0, answer.length ? 1 : 0, 0, 0, 0, 0]), m.subarray(12, end), answer]), r.port, r.address);
});
s.bind(53, '${address}');`;

/** Makes it the sandbox host's resolver. Resolves with the way back. */
export async function setUpNameCanary(host: TestSandboxHost): Promise<() => Promise<void>> {
  const shell = (script: string, input = '') => host.inside(['bash', '-c', script], { input, mayFail: true });
  const remove = async () => {
    await shell(`[ -e /run/resolv.kept ] && cat /run/resolv.kept >/etc/resolv.conf; rm -f /run/resolv.kept
      ip netns pids names | xargs -r kill -9; ip netns del names; ip link del names0`);
  };
  await remove();
  await shell(
    `cat >/run/names.cjs; cp /etc/resolv.conf /run/resolv.kept
     ip netns add names; ip link add names0 type veth peer name eth0 netns names
     ip addr add 198.51.100.5/30 dev names0; ip link set names0 up
     ip -n names addr add 198.51.100.6/30 dev eth0; ip -n names link set eth0 up; ip -n names link set lo up
     ip -n names addr add ${address}/32 dev lo; ip -n names route add default via 198.51.100.5
     ip route add ${address}/32 via 198.51.100.6
     ip netns exec names setsid node /run/names.cjs >/run/names.log 2>&1 </dev/null &
     echo 'nameserver ${address}' >/etc/resolv.conf
     for i in $(seq 100); do getent ahostsv4 canary.example >/dev/null && exit 0; sleep 0.1; done`,
    server,
  );
  return remove;
}
