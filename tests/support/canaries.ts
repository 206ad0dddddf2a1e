import type { TestSandboxHost } from './sandbox-host.ts';

/**
 * Addresses that attacks aim at, all in a network namespace that the test itself makes inside the sandbox host: nothing real
 * is ever addressed. Each answers on TCP port 80.
 */
export const canaries = {
  metadata: '169.254.169.254',
  ten: '10.99.0.1',
  carrier: '100.99.0.1',
  docker: '172.30.99.1',
  home: '192.168.99.1',
  /** Stands for the internet: of a range given back years ago (6to4 relays). Resolvers take those for documentation as private. */
  internet: '192.88.99.7',
} as const;

const server = `require('net').createServer(s => s.end('canary')).listen(80, '0.0.0.0', () => console.log('sings'))`;

/** Makes them; refuses unless each of them answers the sandbox host itself. Resolves with the way to remove them. */
export async function setUpCanaries(host: TestSandboxHost): Promise<() => Promise<void>> {
  const addresses = Object.values(canaries);
  const remove = async () => {
    await host.inside(
      ['sh', '-c', 'ip netns pids canary | xargs -r kill -9; ip netns del canary; ip link del canary0'],
      {
        mayFail: true,
      },
    );
  };
  await remove();
  await host.inside([
    'sh',
    '-ec',
    [
      'ip netns add canary',
      'ip link add canary0 type veth peer name canary1 netns canary',
      'ip addr add 198.51.100.1/30 dev canary0 && ip link set canary0 up',
      'ip -n canary addr add 198.51.100.2/30 dev canary1 && ip -n canary link set canary1 up && ip -n canary link set lo up',
      'ip -n canary route add default via 198.51.100.1',
      ...addresses.map(
        address => `ip -n canary addr add ${address}/32 dev lo && ip route add ${address}/32 via 198.51.100.2`,
      ),
      `setsid ip netns exec canary node -e "${server}" >/tmp/canary.log 2>&1 </dev/null &`,
      'for i in $(seq 100); do grep -q sings /tmp/canary.log && exit 0; sleep 0.05; done; exit 1',
    ].join('\n'),
  ]);
  for (const address of addresses) {
    const { stdout } = await host.inside(['curl', '-s', '--max-time', '3', '--http0.9', `http://${address}/`], {
      mayFail: true,
    });
    if (stdout !== 'canary') {
      await remove();
      throw new Error(`the canary at ${address} does not answer the sandbox host: no attack is made`);
    }
  }
  return remove;
}
