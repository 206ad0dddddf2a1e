import type {
  CgroupFact,
  ContainerFact,
  DaemonFact,
  EventFact,
  Facts,
  FileFact,
  ImageFact,
  Namespaces,
  ProcessFact,
} from '#domain/facts/facts.ts';

/** The moment of all facts made here; times in builders are relative to it. */
export const AT = 1_900_000_000_000;

/** A container id that reads like its seed: `idOf('a')` is 64 a's. */
export const idOf = (digit: string): string => digit.repeat(64);

const SANDBOX_NAMESPACES: Namespaces = {
  cgroup: '4026531835',
  ipc: '4026532001',
  mnt: '4026532002',
  net: '4026532003',
  pid: '4026532004',
  user: '4026532005',
  uts: '4026532006',
};

/** Namespaces as a container's process has them: its own, but the sandbox's user namespace. */
export function ownNamespaces(seed: number): Namespaces {
  const inode = (offset: number) => `${4026533000 + seed * 10 + offset}`;
  return {
    ...SANDBOX_NAMESPACES,
    cgroup: inode(0),
    ipc: inode(1),
    mnt: inode(2),
    net: inode(3),
    pid: inode(4),
    uts: inode(5),
  };
}

export function makeContainer(fact: Partial<ContainerFact> = {}): ContainerFact {
  return {
    id: idOf('a'),
    name: 'web',
    image: 'nginx',
    imageId: `sha256:${idOf('1')}`,
    state: 'running',
    pid: 200,
    exitCode: null,
    oomKilled: false,
    createdAt: AT - 12_000,
    startedAt: AT - 12_000,
    finishedAt: null,
    restartCount: 0,
    command: ['nginx', '-g', 'daemon off;'],
    tty: false,
    createdByCli: true,
    labels: {},
    env: ['PATH=/usr/sbin:/usr/bin'],
    memoryBytes: null,
    cpus: null,
    pidsLimit: null,
    runtime: 'runc',
    networkMode: 'default',
    restartPolicy: 'no',
    ports: [],
    mounts: [],
    ...fact,
  };
}

export function makeProcess(fact: Partial<ProcessFact> = {}): ProcessFact {
  const pid = fact.pid ?? 50;
  return {
    outerPid: pid + 10_000,
    pid,
    innerPid: pid,
    ppid: 1,
    startTicks: pid * 100,
    startedAt: AT - 60_000,
    uid: 0,
    state: 'S',
    comm: 'dockerd',
    exe: '/usr/sbin/dockerd',
    genuine: null,
    argv: [],
    containerId: null,
    namespaces: SANDBOX_NAMESPACES,
    ...fact,
  };
}

export function makeImage(fact: Partial<ImageFact> = {}): ImageFact {
  return {
    id: `sha256:${idOf('1')}`,
    tags: ['nginx:latest'],
    digests: [],
    createdAt: AT - 86_400_000,
    bytes: 48_000_000,
    ...fact,
  };
}

export function makeDaemon(fact: Partial<DaemonFact> = {}): DaemonFact {
  return {
    state: 'up',
    pid: 50,
    startTicks: 5_000,
    version: '26.1.5',
    apiVersion: '1.45',
    storageDriver: 'overlay2',
    cgroupVersion: '2',
    liveRestore: true,
    defaultRuntime: 'runc',
    runtimes: ['runc', 'io.containerd.runc.v2'],
    reason: null,
    ...fact,
  };
}

export function makeEvent(fact: Partial<EventFact> = {}): EventFact {
  return {
    seq: 1,
    at: AT - 1_000,
    type: 'container',
    action: 'start',
    actor: idOf('a'),
    attributes: { name: 'web' },
    ...fact,
  };
}

export function makeFile(fact: Partial<FileFact> = {}): FileFact {
  const content = fact.content === undefined ? 'hello\n' : fact.content;
  return {
    path: '/etc/motd',
    container: null,
    kind: 'file',
    bytes: content?.length ?? null,
    mode: 0o644,
    uid: 0,
    gid: 0,
    content,
    truncated: false,
    ...fact,
  };
}

export function makeCgroup(fact: Partial<CgroupFact> = {}): CgroupFact {
  return {
    containerId: idOf('a'),
    memoryLimitBytes: null,
    memoryBytes: 4_000_000,
    cpus: null,
    pidsLimit: null,
    pids: 3,
    frozen: false,
    oomKills: 0,
    ...fact,
  };
}

/** Facts of a sandbox in which nothing was seen; give the parts a test is about. */
export function makeFacts(facts: Partial<Facts> = {}): Facts {
  return {
    sandboxId: 'sandbox-1',
    at: AT,
    seq: 0,
    daemon: null,
    containerd: null,
    containers: null,
    images: null,
    processes: null,
    events: null,
    files: null,
    cgroups: null,
    gaps: [],
    ...facts,
  };
}

/** tini, dockerd, containerd, one shim with nginx (master and worker): the tree of a sandbox that runs `web`. */
export function makeTree(): ProcessFact[] {
  const inside = { containerId: idOf('a'), namespaces: ownNamespaces(1), startedAt: AT - 12_000 };
  return [
    makeProcess({ pid: 1, ppid: 0, comm: 'tini', exe: '/usr/bin/tini', genuine: true }),
    makeProcess({ pid: 40, comm: 'containerd', exe: '/usr/bin/containerd', genuine: true }),
    makeProcess({ pid: 50, genuine: true }),
    makeProcess({
      pid: 190,
      comm: 'containerd-shim',
      exe: '/usr/bin/containerd-shim-runc-v2',
      genuine: true,
      startedAt: AT - 12_000,
    }),
    makeProcess({
      ...inside,
      pid: 200,
      innerPid: 1,
      ppid: 190,
      comm: 'nginx',
      exe: '/usr/sbin/nginx',
      argv: ['nginx: master process nginx -g daemon off;'],
    }),
    makeProcess({
      ...inside,
      pid: 201,
      innerPid: 7,
      ppid: 200,
      uid: 33,
      comm: 'nginx',
      exe: '/usr/sbin/nginx',
      argv: ['nginx: worker process'],
    }),
  ];
}
