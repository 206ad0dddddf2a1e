import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, platform, release, totalmem } from 'node:os';
import { Refusal } from './refusal.ts';
import { tryRun } from './run.ts';

/** What a machine must have. Measured: images and one learner need 3.1 GB of disk and 1.2 GiB of memory. */
export const machineNeeds = {
  kernel: [5, 11] as const, // overlayfs inside a user namespace
  diskBytes: 6e9, // base, engine, preloaded images twice (host's Docker and the sandbox host's) and the build
  memoryBytes: 3 * 1024 ** 3, // the web process and build, the sandbox host, two sandboxes
};

export interface Finding {
  what: string;
  ok: boolean;
  /** What was seen, e.g. "Docker 26.1.5". */
  seen: string;
  /** What to do when not ok. */
  remedy: string;
}

/** Classifies what `docker version`/`docker info` said; pure, so that every refusal is tried in tests. */
export function judgeDocker(
  probe: { code: number; stdout: string; stderr: string },
  dockerHost: string | undefined,
): Finding {
  const what = 'Docker';
  const bad = (seen: string, remedy: string): Finding => ({ what, ok: false, seen, remedy });
  const said = `${probe.stderr}\n${probe.stdout}`;
  if (probe.code === 127) {
    return bad('no docker command', 'Install Docker (https://docs.docker.com/engine/install/), then run this again.');
  }
  if (/podman/i.test(said) || /podman/.test(dockerHost ?? '')) {
    return bad(
      'Podman answers on the Docker socket',
      'Belowdeck needs Docker Engine itself. Install it, or point DOCKER_HOST at it.',
    );
  }
  if (/permission denied/i.test(said)) {
    return bad(
      'no permission on the Docker socket',
      'Run `sudo usermod -aG docker $USER`, sign out and in again, then run this again.',
    );
  }
  if (probe.code !== 0) {
    return bad(
      'the Docker daemon does not answer',
      'Start it (`sudo systemctl start docker`, or open Docker Desktop), then run this again.',
    );
  }
  let info: { ServerVersion?: string; SecurityOptions?: string[]; DockerRootDir?: string };
  try {
    info = JSON.parse(probe.stdout);
  } catch {
    return bad('docker info answered something unreadable', 'Check that `docker info` works, then run this again.');
  }
  if (info.SecurityOptions?.some(option => option.includes('rootless'))) {
    return bad(
      'Docker runs rootless',
      'Belowdeck makes user namespaces of its own inside one container; use the ordinary Docker daemon (`docker context use default`).',
    );
  }
  if (info.DockerRootDir?.startsWith('/var/snap/')) {
    return bad(
      'Docker from snap',
      'Its confinement refuses the mounts a sandbox host needs. Remove it (`sudo snap remove docker`) and install Docker from docs.docker.com or Debian’s docker.io.',
    );
  }
  return { what, ok: true, seen: `Docker ${info.ServerVersion ?? '?'}`, remedy: '' };
}

export async function probeDocker(): Promise<Finding> {
  const probe = await tryRun('docker', ['info', '--format', '{{json .}}'], { timeoutMs: 20_000 });
  // The CLI answers code 0 with ServerErrors when the daemon is away.
  if (probe.code === 0 && /"ServerErrors":\["/.test(probe.stdout))
    return judgeDocker({ ...probe, code: 1 }, process.env.DOCKER_HOST);
  return judgeDocker(probe, process.env.DOCKER_HOST);
}

/** Judges a kernel release such as "6.18.44-fc". On macOS and Windows Docker brings its own kernel. */
export function judgeKernel(os: string, kernel: string): Finding {
  const what = 'Kernel';
  if (os !== 'linux') return { what, ok: true, seen: `${os}: Docker's own virtual machine`, remedy: '' };
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  const [needMajor, needMinor] = machineNeeds.kernel;
  const ok = major > needMajor || (major === needMajor && minor >= needMinor);
  return {
    what,
    ok,
    seen: `Linux ${kernel}`,
    remedy: ok
      ? ''
      : `Sandboxes need Linux ${needMajor}.${needMinor} or newer (overlayfs in user namespaces). Update the system.`,
  };
}

export function judgeMemory(total: number): Finding {
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
  const ok = total >= machineNeeds.memoryBytes;
  return {
    what: 'Memory',
    ok,
    seen: `${gib(total)} (${gib(freemem())} free)`,
    remedy: ok ? '' : `Belowdeck and two sandboxes need ${gib(machineNeeds.memoryBytes)}.`,
  };
}

export function judgeDisk(free: number): Finding {
  const gb = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const ok = free >= machineNeeds.diskBytes;
  return {
    what: 'Disk',
    ok,
    seen: `${gb(free)} free`,
    remedy: ok
      ? ''
      : `Images and state need ${gb(machineNeeds.diskBytes)}. Free some (\`docker system df\` shows what Docker holds).`,
  };
}

/** Whether we could listen there. */
export async function probePort(host: string, port: number): Promise<Finding> {
  const free = await new Promise<boolean>(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
  return {
    what: 'Port',
    ok: free,
    seen: `${host}:${port} ${free ? 'is free' : 'is in use'}`,
    remedy: free
      ? ''
      : `Stop what listens there (\`ss -ltnp 'sport = :${port}'\` names it), or choose another: PORT=${port + 1} npm start`,
  };
}

export async function probeMachine(stateFolder: string): Promise<Finding[]> {
  const disk = await statfs(stateFolder);
  return [judgeKernel(platform(), release()), judgeMemory(totalmem()), judgeDisk(disk.bavail * disk.bsize)];
}

/** Throws a refusal that lists every finding that is not ok. */
export function insist(findings: readonly Finding[]): void {
  const bad = findings.filter(finding => !finding.ok);
  if (bad.length === 0) return;
  throw new Refusal(
    bad.map(finding => `${finding.what}: ${finding.seen}.`).join('\n✗ '),
    bad.map(finding => finding.remedy).join('\n  '),
  );
}
