import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type Output, type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { setUpUpstream, type UpstreamRegistry } from '#tests/support/upstream-registry.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let own: string;
let other: string;

beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  own = (await claimSandbox(client)).id;
  other = (await claimSandbox(client)).id;
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const learner = (script: string, id = own): Promise<Output> =>
  host.asLearner(id, script, { mayFail: true, timeoutMs: 60_000 });

describe('docker pull without an uplink', () => {
  it('finds what is preloaded up to date', async () => {
    expect((await learner('docker pull nginx')).stdout).toContain('Image is up to date for nginx:latest');
  });

  it.each(['nginx', 'debian:trixie-slim', 'busybox', 'registry:2'])(
    'brings %s back after it was removed, under the same id',
    async name => {
      const before = (await learner(`docker image inspect -f '{{.Id}}' ${name}`)).stdout;
      const { stdout } = await learner(
        `docker rmi -f $(docker images -q ${name}) >/dev/null; docker pull ${name}; docker image inspect -f '{{.Id}}' ${name}`,
      );
      expect(before).toMatch(/^sha256:/);
      expect(stdout).toContain('Downloaded newer image');
      expect(stdout.split('\n').at(-1)).toBe(before);
    },
  );

  it('works for a container in the sandbox that asks for an image, as docker run does', async () => {
    const { stdout } = await learner('docker rmi -f busybox >/dev/null; docker run --rm busybox echo it runs');
    expect(stdout).toContain('it runs');
  });

  it.each(['docker pull nowhere-else', 'docker pull ghcr.io/some/image', 'docker search nginx'])(
    'says soon that it cannot be had: %s',
    async command => {
      const began = performance.now();
      const { code, stderr } = await learner(command);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/lookup (registry-1|index)\.docker\.io|lookup ghcr\.io/);
    },
  );

  it('is the learner’s to change: mirrors of their own in daemon.json', async () => {
    await host.asRoot(
      other,
      `echo '{ "registry-mirrors": ["http://127.0.0.1:9"] }' >/etc/docker/daemon.json; service docker restart`,
    );
    const { stdout } = await learner('docker info -f "{{.RegistryConfig.Mirrors}}"', other);
    expect(stdout).toBe('[http://127.0.0.1:9/]');
    await host.asRoot(other, 'rm /etc/docker/daemon.json; service docker restart');
    expect((await learner('docker info -f "{{.RegistryConfig.Mirrors}}"', other)).stdout).toContain('10.214.0.1:5000');
  });
});

describe('the mirror and a sandbox', () => {
  const upload = (port: number) =>
    learner(
      `curl -s -o /dev/null -w '%{http_code}' -X POST http://10.214.0.1:${port}/v2/library/nginx/blobs/uploads/; echo; ` +
        `curl -s -o /dev/null -w '%{http_code}' -X DELETE http://10.214.0.1:${port}/v2/library/nginx/manifests/sha256:${'0'.repeat(64)}`,
    );

  it('is read-only', async () => {
    for (const port of [5000, 5001]) expect((await upload(port)).stdout).toBe('405\n405');
  });

  it('gives one only so many connections, and the next its own', async () => {
    const hold = `use IO::Socket::INET; $| = 1; my @held;
      for (1 .. 60) { my $one = IO::Socket::INET->new(PeerAddr => '10.214.0.1:5000', Timeout => 2); push @held, $one if $one }
      print scalar @held, "\\n"; sleep 5;`;
    const held = host.asRoot(own, 'perl -', { input: hold });
    await new Promise(resolve => setTimeout(resolve, 1_500));
    const { stdout } = await learner(`curl -s -m 4 -w '%{http_code}' http://10.214.0.1:5000/v2/`, other);
    expect(stdout).toContain('200');
    const count = Number((await held).stdout);
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThanOrEqual(32);
  });

  it('comes back when all of it is killed', async () => {
    await host.inside([
      'bash',
      '-c',
      'pkill -KILL -u mirror; pkill -KILL -f ^/bin/bash./usr/lib/belowdeck/mirror-cache',
    ]);
    for (const port of [5000, 5001])
      await waitUntil(
        `port ${port} to answer again`,
        async () => (await learner(`curl -s -m 2 http://10.214.0.1:${port}/v2/`)).code === 0,
        30_000,
      );
    expect((await learner('docker pull nginx')).stdout).toContain('nginx:latest');
  });

  it('runs as nobody in particular, with its own memory limit', async () => {
    const { stdout } = await host.inside([
      'bash',
      '-c',
      `for p in $(pgrep -u mirror docker-registry); do grep -E 'CapEff|^Uid' /proc/$p/status; cat /proc/$p/cgroup | grep -E 'memory|^0::'; tr '\\0' '\\n' </proc/$p/environ | grep -c BELOWDECK; done
       cat /sys/fs/cgroup/memory/mirror/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/mirror/memory.max`,
    ]);
    expect(stdout).toMatch(/CapEff:\s+0+$/m);
    expect(stdout).not.toMatch(/CapEff:\s+0*[1-9a-f]/m);
    expect(stdout).toMatch(/\/mirror$/m);
    expect(stdout).toMatch(/^0$/m);
    expect(stdout.split('\n').at(-1)).toBe('268435456');
  });
});

describe('docker pull with an uplink', () => {
  let upstream: UpstreamRegistry;
  beforeAll(async () => {
    upstream = await setUpUpstream(host, ['library/greeting:latest', 'library/farewell:1', 'somebody/thing:latest']);
    await upstream.serve();
  });
  afterAll(() => upstream.remove());
  const logged = async () => (await host.inside(['cat', '/run/test-upstream/mirror.log'])).stdout;

  it('comes through from the upstream, and the next learner’s out of the cache', async () => {
    expect((await learner('docker pull greeting')).stdout).toContain('Downloaded newer image for greeting:latest');
    const blobs = async () => (await upstream.asked()).filter(line => /greeting\/blobs/.test(line)).length;
    const once = await blobs();
    expect(once).toBeGreaterThan(0);
    expect((await learner('docker pull greeting', other)).stdout).toContain('Downloaded newer image');
    expect(await blobs()).toBe(once);
  });

  it('still takes what is preloaded from here', async () => {
    await learner('docker pull nginx');
    expect((await upstream.asked()).filter(line => line.includes('library/nginx'))).toEqual([]);
  });

  it('fetches from the one upstream only, whatever a sandbox asks', async () => {
    const strange = [
      '/v2/library/greeting/manifests/latest?ns=ghcr.io',
      '/v2/http:%2f%2f10.99.0.1/x/manifests/latest',
      '/v2/..%2f..%2fetc/manifests/latest',
      '//10.99.0.1/v2/',
    ];
    const codes = await Promise.all(
      strange.map(
        async path =>
          (
            await learner(
              `curl -s -o /dev/null -w '%{http_code}' -H 'Host: 10.99.0.1' --path-as-is 'http://10.214.0.1:5001${path}'`,
            )
          ).stdout,
      ),
    );
    // The first is an ordinary question with an extra word; the others are sent back to the path they should have had.
    const refused = expect.stringMatching(/^(301|404)$/);
    expect(codes).toEqual(['200', refused, refused, refused]);
    expect(
      (await upstream.asked()).filter(line => !/"GET \/v2\/(library|somebody|\s|$)/.test(line) && line !== ''),
    ).toEqual([]);
  });

  it('lets the oldest go when the cache is full, and fetches it again when asked', async () => {
    const blob = (name: string) => `/var/lib/belowdeck/mirror/cache/docker/registry/v2/blobs/sha256/${name}`;
    const make = (name: string, age: string) =>
      `mkdir -p ${blob(name)}; fallocate -l 600M ${blob(name)}/data; touch -d '${age}' ${blob(name)}/data`;
    await host.inside(['bash', '-c', `${make('aa/old', '2 days ago')}; ${make('bb/new', 'now + 1 minute')}`]);
    await waitUntil(
      'the cache to be within its bound',
      async () => (await logged()).includes('the oldest went'),
      20_000,
    );
    const left = await host.inside(['bash', '-c', `ls -d ${blob('aa/old')}/data ${blob('bb/new')}/data`], {
      mayFail: true,
    });
    expect(left.stdout).toBe(`${blob('bb/new')}/data`);
    await learner('docker rmi greeting', other);
    expect((await learner('docker pull greeting', other)).stdout).toContain('Downloaded newer image');
    await host.inside(['rm', '-rf', blob('bb')]);
  });

  it('goes on with what was kept when the uplink breaks, and says so', async () => {
    await learner('docker pull somebody/thing');
    await upstream.goAway();
    await waitUntil('the mirror to notice', async () => (await logged()).includes('cannot be reached'), 20_000);
    await waitUntil(
      'what was kept to be served',
      async () => (await host.inside(['curl', '-s', 'http://10.214.0.1:5001/v2/'], { mayFail: true })).code === 0,
      10_000,
    );
    expect((await learner('docker pull somebody/thing', other)).stdout).toContain('Downloaded newer image');
    const began = performance.now();
    const { stderr } = await learner('docker pull farewell:1');
    expect(stderr).toContain('lookup registry-1.docker.io');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await client.call('host.status', {})).network.mirror).toMatchObject({
      preloaded: true,
      cache: 'unreachable',
    });
  });
});
