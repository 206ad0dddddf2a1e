import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { insist, judgeDisk, judgeDocker, judgeKernel, judgeMemory, probePort } from './preflight.ts';
import { Refusal } from './refusal.ts';

const answer = (info: object) => ({ code: 0, stdout: JSON.stringify(info), stderr: '' });

describe('judgeDocker', () => {
  it('accepts an ordinary engine', () => {
    expect(
      judgeDocker(answer({ ServerVersion: '26.1.5', SecurityOptions: ['name=seccomp'] }), undefined),
    ).toMatchObject({
      ok: true,
      seen: 'Docker 26.1.5',
    });
  });

  it.each([
    ['no docker at all', { code: 127, stdout: '', stderr: 'ENOENT' }, 'Install Docker'],
    [
      'no permission',
      { code: 1, stdout: '', stderr: 'permission denied while trying to connect' },
      'usermod -aG docker',
    ],
    ['a dead daemon', { code: 1, stdout: '', stderr: 'Cannot connect to the Docker daemon' }, 'systemctl start docker'],
    ['Podman', { code: 0, stdout: '{}', stderr: 'Emulate Docker CLI using podman.' }, 'Docker Engine itself'],
    ['a rootless engine', answer({ SecurityOptions: ['name=rootless'] }), 'ordinary Docker daemon'],
    ['a snap', answer({ DockerRootDir: '/var/snap/docker/common/var-lib-docker' }), 'snap remove docker'],
    ['rubbish', { code: 0, stdout: 'hello', stderr: '' }, 'docker info'],
  ])('refuses %s with a remedy', (_name, probe, remedy) => {
    const finding = judgeDocker(probe, undefined);
    expect(finding.ok).toBe(false);
    expect(finding.remedy).toContain(remedy);
  });

  it('refuses a DOCKER_HOST that is Podman’s socket', () => {
    expect(judgeDocker(answer({}), 'unix:///run/podman/podman.sock').ok).toBe(false);
  });
});

describe('the machine', () => {
  it.each([
    ['5.10.0-21-amd64', false],
    ['5.11.0', true],
    ['6.18.44-fc', true],
    ['4.19.0', false],
  ])('judges Linux %s', (kernel, ok) => {
    expect(judgeKernel('linux', kernel).ok).toBe(ok);
  });

  it('does not judge the kernel of a machine whose Docker brings its own', () => {
    expect(judgeKernel('darwin', '25.0.0').ok).toBe(true);
  });

  it('asks for enough memory and disk', () => {
    expect(judgeMemory(1024 ** 3).ok).toBe(false);
    expect(judgeMemory(8 * 1024 ** 3).ok).toBe(true);
    expect(judgeDisk(1e9).ok).toBe(false);
    expect(judgeDisk(50e9).ok).toBe(true);
  });

  it('names a port that is in use and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const taken = await probePort('127.0.0.1', port);
    expect(taken.ok).toBe(false);
    expect(taken.remedy).toContain(`PORT=${port + 1} npm start`);
    await new Promise(resolve => server.close(resolve));
    expect((await probePort('127.0.0.1', port)).ok).toBe(true);
  });

  it('lists every problem at once', () => {
    expect(() => insist([judgeMemory(1), judgeDisk(1)])).toThrow(Refusal);
    expect(() => insist([judgeMemory(1), judgeDisk(1)])).toThrow(/Memory.*\n.*Disk/);
    expect(() => insist([judgeMemory(8 * 1024 ** 3)])).not.toThrow();
  });
});
