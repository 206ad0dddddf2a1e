import koffi from 'koffi';

/** Linux numbers, the same on x86-64 and arm64. */
const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_DONTWAIT = 0x40;
const MSG_CMSG_CLOEXEC = 0x40000000;
const F_GETFL = 3;
const F_SETFL = 4;
const O_NONBLOCK = 0o4000;
const TIOCSWINSZ = 0x5414;
const PR_SET_CHILD_SUBREAPER = 36;
const WNOHANG = 1;
/** sizeof(struct cmsghdr) on 64-bit, then the descriptor. */
const CMSG_HEADER = 16;
const SUN_PATH_BYTES = 108;

function bind() {
  const library = koffi.load('libc.so.6');
  koffi.struct('BdIovec', { base: 'void*', length: 'size_t' });
  koffi.struct('BdMsghdr', {
    name: 'void*',
    nameLength: 'uint32',
    pad: 'uint32',
    vectors: 'BdIovec*',
    vectorCount: 'size_t',
    control: 'void*',
    controlLength: 'size_t',
    flags: 'int',
  });
  return {
    socket: library.func('int socket(int, int, int)'),
    bind: library.func('int bind(int, void*, uint32)'),
    listen: library.func('int listen(int, int)'),
    accept4: library.func('int accept4(int, void*, void*, int)'),
    recvmsg: library.func('long recvmsg(int, _Inout_ BdMsghdr*, int)'),
    fcntl: library.func('int fcntl(int, int, ...)'),
    ioctl: library.func('int ioctl(int, unsigned long, ...)'),
    prctl: library.func('int prctl(int, ...)'),
    waitpid: library.func('int waitpid(int, _Out_ int*, int)'),
  };
}

let bound: ReturnType<typeof bind> | null = null;
const libc = () => {
  bound ??= bind();
  return bound;
};

function checked(result: number, call: string): number {
  if (result < 0) throw new Error(`${call} failed: errno ${koffi.errno()}`);
  return result;
}

/** Listens on a unix socket without ever blocking; returns its descriptor, which the caller closes. */
export function listenUnix(path: string): number {
  const name = Buffer.from(path);
  if (name.length >= SUN_PATH_BYTES) throw new Error(`too long for a unix socket: ${path}`);
  const address = Buffer.alloc(2 + SUN_PATH_BYTES);
  address.writeUInt16LE(AF_UNIX, 0);
  name.copy(address, 2);
  const fd = checked(libc().socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket');
  checked(libc().bind(fd, address, address.length), 'bind');
  checked(libc().listen(fd, 1), 'listen');
  return fd;
}

/** The connection that waits at a listening socket; null when there is none. */
export function acceptWaiting(listener: number): number | null {
  const fd = libc().accept4(listener, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return fd < 0 ? null : fd;
}

/** The descriptor that waits on a unix connection; null when none came with it. */
export function receiveDescriptor(connection: number): number | null {
  const data = Buffer.alloc(512);
  // Room for one descriptor: the kernel drops what else a hostile sender adds.
  const control = Buffer.alloc(CMSG_HEADER + 8);
  const message = {
    name: null,
    nameLength: 0,
    pad: 0,
    vectors: [{ base: data, length: data.length }],
    vectorCount: 1,
    control,
    controlLength: CMSG_HEADER + 4,
    flags: 0,
  };
  if (libc().recvmsg(connection, message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0) return null;
  const isRights = control.readInt32LE(8) === SOL_SOCKET && control.readInt32LE(12) === SCM_RIGHTS;
  return isRights && control.readUInt32LE(0) === CMSG_HEADER + 4 ? control.readInt32LE(CMSG_HEADER) : null;
}

export function setNonBlocking(fd: number): void {
  const flags = checked(libc().fcntl(fd, F_GETFL, 'int', 0), 'fcntl');
  checked(libc().fcntl(fd, F_SETFL, 'int', flags | O_NONBLOCK), 'fcntl');
}

/** Tells a terminal its size; its foreground programs get SIGWINCH. */
export function setWindowSize(fd: number, cols: number, rows: number): void {
  const size = Buffer.alloc(8);
  size.writeUInt16LE(rows, 0);
  size.writeUInt16LE(cols, 2);
  checked(libc().ioctl(fd, TIOCSWINSZ, 'void*', size), 'ioctl');
}

/** Orphans of our children become our children, so that their exit status can be known. */
export function becomeSubreaper(): void {
  checked(libc().prctl(PR_SET_CHILD_SUBREAPER, 'ulong', 1, 'ulong', 0, 'ulong', 0, 'ulong', 0), 'prctl');
}

/** Collects an ended child. `running`: not yet; `stranger`: no child of ours. A signal's code is 128 + its number. */
export function collectChild(pid: number): { code: number } | 'running' | 'stranger' {
  const status = [0];
  const result = libc().waitpid(pid, status, WNOHANG);
  if (result === 0) return 'running';
  if (result < 0) return 'stranger';
  const word = status[0] ?? 0;
  const signal = word & 0x7f;
  return { code: signal === 0 ? (word >> 8) & 0xff : 128 + signal };
}
