import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let id: string;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  id = (await claimSandbox(client)).id;
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

const learner = async (script: string) => (await host.asLearner(id, script)).stdout.trim();

describe('images preloaded in every sandbox', () => {
  it('are there under the names that Docker Hub gives them', async () => {
    const listed = (await learner("docker images --format '{{.Repository}}:{{.Tag}}'")).split('\n').sort();
    expect(listed).toEqual([
      'busybox:latest',
      'debian:latest',
      'debian:trixie-slim',
      'nginx:latest',
      'registry:2',
      'registry:latest',
    ]);
  });

  it('cost a sandbox less than a megabyte', async () => {
    const used = Number(await learner('df --output=used --block-size=1 /var/lib/docker | tail -1'));
    expect(used).toBeGreaterThan(100_000);
    expect(used).toBeLessThan(1_000_000);
  });

  it('serve: nginx answers on a published port with a master and workers, and logs to its output', async () => {
    await learner('docker run -d --name web -p 8080:80 nginx');
    expect(await learner('curl -s --retry 20 --retry-connrefused --retry-delay 0 http://localhost:8080/')).toContain(
      'Welcome to nginx!',
    );
    expect(await learner('docker top web -eo pid,args')).toMatch(/nginx: master process[\s\S]*nginx: worker process/);
    expect(await learner('docker logs web 2>/dev/null')).toContain('"GET / HTTP/1.1" 200');
    await learner('docker rm -f web');
  });

  it('take part: push to a registry, pull again, build on top, remove', async () => {
    await learner('docker run -d --name reg -p 5000:5000 registry:2');
    await learner('curl -s --retry 20 --retry-connrefused --retry-delay 0 http://localhost:5000/v2/');
    await learner('docker tag busybox localhost:5000/mine && docker push -q localhost:5000/mine');
    expect(
      await learner('docker rmi localhost:5000/mine >/dev/null; docker run --rm localhost:5000/mine echo back'),
    ).toBe('back');
    await learner("printf 'FROM busybox\\nRUN echo built >/file\\n' | docker build -q -t built -");
    expect(await learner('docker run --rm built cat /file')).toBe('built');
    await learner('docker rm -f reg; docker rmi -f built nginx');
    expect(await learner('docker images -q nginx')).toBe('');
  });

  it('are still whole after docker was restarted, and what was removed stays removed', async () => {
    await learner('sudo service docker restart');
    expect(await learner('docker run --rm debian cat /etc/debian_version')).toMatch(/^13/);
    expect(await learner('docker images -q nginx')).toBe('');
  });

  it('cannot be changed by root in a sandbox', async () => {
    const { stdout } = await host.asRoot(
      id,
      `layer=$(ls -d /var/lib/docker/overlay2/*/diff | head -1)
      mount -o remount,bind,rw /opt/store; mount -o remount,bind,rw $layer
      touch /opt/store/x || touch $layer/x || echo refused`,
      { mayFail: true },
    );
    expect(stdout.trim()).toBe('refused');
  });
});
