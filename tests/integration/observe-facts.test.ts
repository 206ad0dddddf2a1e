import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '#domain/facts/facts.ts';
import type { RpcInput } from '#domain/protocol/rpc.ts';
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

type Needs = RpcInput<'facts.get'>['needs'];
const look = (needs: Needs): Promise<Facts> => client.call('facts.get', { sandboxId: id, needs });

describe('facts', () => {
  it('tell only what was asked for', async () => {
    const facts = await look({});
    const { sandboxId, at, seq, gaps, ...parts } = facts;
    expect([sandboxId, gaps]).toEqual([id, []]);
    expect([typeof at, typeof seq]).toEqual(['number', 'number']);
    expect(Object.values(parts).every(part => part === null)).toBe(true);
  });

  it('tell a container as it was asked for, and who asked', async () => {
    await host.asLearner(
      id,
      'docker run -d --name web -p 8080:80 -m 64m --cpus 0.5 --pids-limit 40 -e A=b --label x=y nginx && ' +
        `curl -s --unix-socket /run/docker.sock -H 'content-type: application/json' -d '{"Image":"nginx"}' http://x/containers/create?name=api`,
    );
    const { containers, cgroups, gaps } = await look({ containers: true, cgroups: true });
    const web = containers?.find(each => each.name === 'web');
    const api = containers?.find(each => each.name === 'api');
    expect(gaps).toEqual([]);
    expect(web).toMatchObject({
      image: 'nginx',
      state: 'running',
      createdByCli: true,
      memoryBytes: 67_108_864,
      cpus: 0.5,
      pidsLimit: 40,
      labels: { x: 'y' },
      ports: [{ container: 80, protocol: 'tcp', host: 8080 }],
    });
    expect(api).toMatchObject({ state: 'created', createdByCli: false, pid: null, startedAt: null });
    expect(cgroups?.find(each => each.containerId === web?.id)).toMatchObject({
      memoryLimitBytes: 67_108_864,
      cpus: 0.5,
      pidsLimit: 40,
      frozen: false,
      oomKills: 0,
    });
  });

  it('tell the process tree by the kernel: PIDs as the learner sees them, parents, containers, genuine programs', async () => {
    const { processes, containers, daemon, containerd } = await look({
      processes: true,
      containers: true,
      daemon: true,
    });
    const web = containers?.find(each => each.name === 'web');
    const main = processes?.find(each => each.pid === web?.pid);
    const shim = processes?.find(each => each.pid === main?.ppid);
    expect(main).toMatchObject({ innerPid: 1, containerId: web?.id, exe: '/usr/sbin/nginx', uid: 0 });
    expect(main?.argv[0]).toContain('nginx: master process');
    expect(shim).toMatchObject({ exe: '/usr/bin/containerd-shim-runc-v2', genuine: true, ppid: 1, containerId: null });
    expect(main?.namespaces.pid).not.toBe(shim?.namespaces.pid);
    expect(main?.namespaces.user).toBe(shim?.namespaces.user);
    expect(daemon).toMatchObject({ state: 'up', storageDriver: 'overlay2', defaultRuntime: 'runc', reason: null });
    expect(containerd?.state).toBe('up');
    const { stdout } = await host.asRoot(
      id,
      'pgrep -x dockerd; pgrep -x containerd; pgrep -f containerd-shim | head -1',
    );
    expect(stdout.split('\n').map(Number)).toEqual([daemon?.pid, containerd?.pid, shim?.pid]);
    expect(Math.abs((main?.startedAt ?? 0) - (web?.startedAt ?? 0))).toBeLessThan(2_000);
  });

  it('tell files of the sandbox and of a container, and refuse the rest', async () => {
    await host.asRoot(
      id,
      'echo hello > /srv/plain; chown learner /srv/plain; chmod 640 /srv/plain; ln -sf /etc/shadow /srv/link; ' +
        'mkdir -p /srv/dir; ln -sfn / /srv/out; mkfifo /srv/fifo; truncate -s 10G /srv/sparse; ' +
        'touch /srv/proc && mount --bind /proc/1/environ /srv/proc',
    );
    const paths = ['plain', 'link', 'dir', 'out/etc/hostname', 'fifo', 'sparse', 'proc', 'none', '../etc/hostname'];
    const { files } = await look({
      files: [
        ...paths.map(path => ({ path: `/srv/${path}` })),
        { path: '/usr/share/nginx/html/index.html', container: 'web' },
      ],
    });
    const kinds = Object.fromEntries(files?.map(file => [file.path.replace('/srv/', ''), file.kind]) ?? []);
    expect(kinds).toEqual({
      plain: 'file',
      link: 'symlink',
      dir: 'directory',
      'out/etc/hostname': 'refused',
      fifo: 'other',
      sparse: 'file',
      proc: 'refused',
      none: 'absent',
      '../etc/hostname': 'refused',
      '/usr/share/nginx/html/index.html': 'file',
    });
    expect(files?.[0]).toMatchObject({
      content: 'hello\n',
      mode: 0o640,
      uid: 1000,
      gid: 0,
      bytes: 6,
      truncated: false,
    });
    expect(files?.find(file => file.path === '/srv/sparse')).toMatchObject({ bytes: 10 * 1024 ** 3, truncated: true });
    expect(files?.at(-1)?.content).toContain('<html');
  });

  it('say what cannot be seen in a container that does not run', async () => {
    const { files, gaps } = await look({ files: [{ path: '/etc/hostname', container: 'api' }] });
    expect(files).toEqual([]);
    expect(gaps[0]).toMatchObject({ part: 'files' });
    expect(gaps[0]?.reason).toContain('does not run');
  });
});
