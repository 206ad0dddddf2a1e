import type net from 'node:net';
import koffi from 'koffi';

const SOL_SOCKET = 1;
const SO_PEERCRED = 17;

const libc = koffi.load('libc.so.6');
const getsockopt = libc.func(
  'int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint32_t *length)',
);

/**
 * PID, in our own namespace, of the process that listens at the other end of a connected unix socket: the kernel's word,
 * taken when it called listen(). Null when the kernel does not tell.
 */
export function peerPid(socket: net.Socket): number | null {
  const fd = (socket as unknown as { _handle?: { fd?: number } })._handle?.fd;
  if (fd === undefined || fd < 0) return null;
  const value = Buffer.alloc(12);
  const length = [value.length];
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, value, length) !== 0) return null;
  const pid = value.readInt32LE(0);
  return pid > 0 ? pid : null;
}
