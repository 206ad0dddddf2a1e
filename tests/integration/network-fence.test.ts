import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimOf, claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;

beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
});
afterEach(async () => {
  await outside(giveBack);
  // After a sandbox saw through it, sandboxd hands none out for a while.
  await waitUntil('the fence to stand', async () => (await network()).fenced, 40_000);
  await endAll(client);
});
afterAll(() => client.stop());

const outside = async (script: string) => (await host.inside(['bash', '-c', script], { mayFail: true })).stdout;
const network = async (): Promise<HostStatus['network']> => (await client.call('host.status', {})).network;
const rules = () => outside('for t in filter security; do iptables-save -t $t; done | grep -E "BELOWDECK|DOCKER-USER"');
const chains = ['BELOWDECK-INPUT', 'BELOWDECK-FORWARD'];
const flush = chains
  .flatMap(chain => ['filter', 'security'].map(table => `iptables -t ${table} -F ${chain}`))
  .join('; ');
/** Without its tool sandboxd cannot put the rules up again. */
const takeAway = 'mv /usr/sbin/iptables-restore /usr/sbin/iptables-restore.away';
const giveBack =
  '[ ! -e /usr/sbin/iptables-restore.away ] || mv /usr/sbin/iptables-restore.away /usr/sbin/iptables-restore';
const waitingIds = async () =>
  (await client.call('sandbox.list', {}))
    .filter(each => each.attemptId === null && each.state === 'ready')
    .map(each => each.id);
const aWarmOne = () => waitUntil('a warm sandbox', async () => (await waitingIds())[0], 60_000);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'handed over',
    error => error.code,
  );

describe('a sandbox host whose rules somebody changes', () => {
  it.each([
    ['a flushed chain', 'iptables -F BELOWDECK-FORWARD'],
    ['a flushed chain of the hard table', 'iptables -t security -F BELOWDECK-INPUT'],
    [
      'one missing range',
      'iptables -D BELOWDECK-FORWARD -i bd+ -d 169.254.0.0/16 -j REJECT --reject-with icmp-admin-prohibited',
    ],
    ['a flushed FORWARD, as by the reload of a firewall', 'iptables -F FORWARD'],
    ['a rule of somebody’s own before ours', 'iptables -I INPUT 1 -i bd+ -j ACCEPT'],
    ['a missing jump', 'iptables -t security -D FORWARD -j BELOWDECK-FORWARD'],
  ])('has them back within seconds, and says so: %s', async (_, change) => {
    await waitUntil('the fence to stand', async () => (await network()).fenced, 30_000);
    const before = await network();
    await outside(change);
    await waitUntil('the rules to be restored', async () => (await network()).restored > before.restored, 30_000);
    const saved = await rules();
    expect(saved).toContain('-A BELOWDECK-FORWARD -d 169.254.0.0/16 -i bd+ -j REJECT');
    expect(saved.match(/-A BELOWDECK-INPUT -i bd\+ -j DROP/g)).toHaveLength(2);
    expect(saved.match(/^-A INPUT -j BELOWDECK-INPUT$/gm)).toHaveLength(2);
    expect((await outside('for t in filter security; do iptables -t $t -S INPUT 1; done')).split('\n')).toEqual([
      '-A INPUT -j BELOWDECK-INPUT',
      '-A INPUT -j BELOWDECK-INPUT',
    ]);
    await outside('iptables -D INPUT -i bd+ -j ACCEPT');
  });

  it('has them after its Docker was restarted', async () => {
    await outside('iptables -F FORWARD; sv -w 30 restart dockerd');
    await host.untilHealthy();
    expect(await outside('iptables -S FORWARD')).toContain('-j BELOWDECK-FORWARD');
    await claimSandbox(client);
  });

  it('leaves them in peace while Docker makes and removes networks', async () => {
    await waitUntil('the fence to stand', async () => (await network()).fenced, 30_000);
    await aWarmOne();
    await new Promise(resolve => setTimeout(resolve, 6_000));
    const before = (await network()).restored;
    await outside(
      'for i in $(seq 25); do docker network create -o com.docker.network.bridge.name=xx$i n$i; docker network rm n$i; done',
    );
    expect((await network()).restored).toBe(before);
  });
});

describe('a hand-over', () => {
  it('is refused while the fence is down, cold and warm, and the sandboxes that saw it are gone', async () => {
    const warm = await aWarmOne();
    await outside(`${takeAway}; ${flush}`);
    expect(await codeOf(client.call('sandbox.claim', claimOf()))).toBe('network-unfenced');
    const problem = (await network()).problem ?? '';
    expect(problem).toMatch(/reached from inside: TCP|cannot be put up/);
    await waitUntil('the warm one to go', async () => !(await waitingIds()).includes(warm), 30_000);
    // sandboxd tries to restore meanwhile, and cannot.
    await waitUntil('sandboxd to give up', async () => (await network()).problem?.includes('cannot be put up'), 30_000);
    expect(await codeOf(client.call('sandbox.claim', claimOf()))).toBe('network-unfenced');
    expect(await codeOf(client.call('sandbox.claim', claimOf({ egress: true })))).toBe('network-unfenced');
    // Those further back in the pool were not looked at yet, and not given away either.
    expect(await waitingIds()).not.toContain(warm);

    await outside(giveBack);
    await waitUntil('the fence to stand again', async () => (await network()).fenced, 40_000);
    await claimSandbox(client);
  });

  it('keeps what a learner has already', async () => {
    const claim = claimOf();
    await waitUntil('a sandbox', async () => (await client.call('sandbox.claim', claim)).answer === 'sandbox', 60_000);
    await outside(`${takeAway}; ${flush}`);
    await waitUntil('sandboxd to notice', async () => !(await network()).fenced, 30_000);
    expect(await codeOf(client.call('sandbox.claim', claim))).toBe('handed over');
  });

  it('does not take a dead network for a fenced one', async () => {
    const warm = await aWarmOne();
    for (const id of await waitingIds()) await outside(`ip link set bd${id} down`);
    const sandbox = await claimSandbox(client);
    expect(sandbox.id).not.toBe(warm);
    await waitUntil('the dead one to be removed', async () => {
      const found = (await client.call('sandbox.list', {})).find(each => each.id === warm);
      return found === undefined || found.state === 'ended';
    });
  });

  it('needs no address of the real world: the bait stays inside', async () => {
    const routes = await outside(
      'for a in 169.254.250.250 10.255.250.250 203.0.113.250; do ip route get $a | head -1; done',
    );
    expect(routes.match(/ dev bait0 /g)).toHaveLength(3);
  });
});
