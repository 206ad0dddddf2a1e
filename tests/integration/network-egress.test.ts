import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { canaries, setUpCanaries } from '#tests/support/canaries.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { named, setUpNameCanary } from '#tests/support/name-canary.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let open: string;
let closed: string;
const removals: (() => Promise<void>)[] = [];

beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  removals.push(await setUpCanaries(host), await setUpNameCanary(host));
  open = (await claimSandbox(client, { egress: true })).id;
  closed = (await claimSandbox(client)).id;
  // The resolver looks at the sandbox host's settings once in a while.
  await waitUntil(
    'names to be looked up',
    async () => (await learner(open, 'getent ahostsv4 first.example')) !== '',
    20_000,
  );
});
afterAll(async () => {
  for (const remove of removals) await remove();
  await endAll(client);
  client.stop();
});

const learner = async (id: string, script: string) => (await host.asLearner(id, script, { mayFail: true })).stdout;

describe('a sandbox that may go out', () => {
  it('finds names by a resolver whose address it cannot reach itself', async () => {
    expect(await learner(open, 'getent ahostsv4 name.example')).toContain(named);
    expect(await learner(open, 'docker run --rm busybox nslookup -type=a name.example')).toContain(named);
    expect(
      await learner(
        open,
        'docker network create own >/dev/null; docker run --rm --network own busybox nslookup -type=a name.example',
      ),
    ).toContain(named);
  });

  it('gets there, from the sandbox and from a container in it', async () => {
    expect(await learner(open, 'curl -s -m 5 --http0.9 http://name.example/')).toBe('canary');
    expect(await learner(open, 'docker run --rm busybox nc -w 3 name.example 80 </dev/null')).toBe('canary');
  });

  it('learns no private address by name, and reaches none', async () => {
    expect(await learner(open, 'getent ahostsv4 something.inside.example')).toBe('');
    const tries = Object.entries(canaries).filter(([name]) => name !== 'internet');
    for (const [, address] of tries)
      expect(await learner(open, `curl -s -m 2 --http0.9 http://${address}/ || echo "curl $?"`)).toMatch(
        /^curl (7|28)$/,
      );
  });

  it('has only so many connections out at once', async () => {
    const hold = `use IO::Socket::INET; $| = 1; my @held;
      for (1 .. 600) { my $one = IO::Socket::INET->new(PeerAddr => '${canaries.internet}:80', Timeout => 1); push @held, $one if $one; last if @held + 20 < $_ }
      print scalar @held, "\\n";`;
    const count = Number((await host.asRoot(open, 'perl -', { input: hold, timeoutMs: 60_000 })).stdout);
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThanOrEqual(512);
  });
});

describe('a sandbox that may not', () => {
  it('has no names looked up, not even by asking the resolver itself', async () => {
    expect(await learner(closed, 'getent ahostsv4 name.example || echo none')).toBe('none');
    expect(await learner(closed, 'docker run --rm busybox nslookup name.example 10.214.0.1 || echo none')).toMatch(
      /none$/,
    );
    expect(await learner(open, 'docker run --rm busybox nslookup -type=a name.example 10.214.0.1')).toContain(named);
  });
});
