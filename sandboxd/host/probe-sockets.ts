import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import koffi from 'koffi';
import { isStillThere, type PinnedProcess } from './pinned-process.ts';

/** Linux numbers, the same on x86-64 and arm64. */
const AF_INET = 2;
const AF_PACKET = 17;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_RAW = 3;
const SOCK_FLAGS = 0o4000 | 0o2000000; // non-blocking, close on exec
const SOL_SOCKET = 1;
const SO_ERROR = 4;
const POLLOUT = 4;
const POLLERR = 8;
const POLLHUP = 16;
const CLONE_NEWNET = 0x40000000;
const IPPROTO_ICMP = 1;
const ETH_P_IPV6 = 0x86dd;
const ECONNREFUSED = 111;

function bind() {
  const library = koffi.load('libc.so.6');
  return {
    setns: library.func('int setns(int, int)'),
    socket: library.func('int socket(int, int, int)'),
    connect: library.func('int connect(int, void*, uint32)'),
    sendto: library.func('long sendto(int, void*, size_t, int, void*, uint32)'),
    recv: library.func('long recv(int, _Out_ void*, size_t, int)'),
    getsockopt: library.func('int getsockopt(int, int, int, _Out_ int*, _Inout_ uint32*)'),
    poll: library.func('int poll(_Inout_ uint8_t*, ulong, int)'),
    interfaceIndex: library.func('uint32 if_nametoindex(const char*)'),
  };
}

let bound: ReturnType<typeof bind> | null = null;
const libc = () => {
  bound ??= bind();
  return bound;
};

/** What became of a try: `open` and `refused` are answers of whoever has the address; `silent` is none, or a fence's "prohibited". */
export type Outcome = 'open' | 'refused' | 'silent';

/** A socket of ours in some network namespace. */
export interface Probe {
  outcome(): Outcome;
  close(): void;
}

/**
 * Runs `work` with this thread in another process's network namespace, and in nothing else of its. Sockets made there stay
 * there. `work` must not wait for anything. Throws, nothing entered, when the process is gone, also when another has its
 * number by now. When the way back fails, this process ends: it would answer the wrong network.
 */
export function inNetworkOf<T>(whose: PinnedProcess, work: () => T): T {
  insistOn(whose);
  return withFile('/proc/thread-self/ns/net', home =>
    withFile(`/proc/${whose.pid}/ns/net`, there => {
      // Once it is open: until then the number could become another's.
      insistOn(whose);
      if (libc().setns(there, CLONE_NEWNET) !== 0) throw new Error(`setns failed: errno ${koffi.errno()}`);
      try {
        return work();
      } finally {
        if (libc().setns(home, CLONE_NEWNET) !== 0) process.abort();
      }
    }),
  );
}

function insistOn(whose: PinnedProcess): void {
  if (!isStillThere(whose)) throw new Error(`process ${whose.pid} is gone`);
}

function withFile<T>(file: string, use: (fd: number) => T): T {
  const fd = fs.openSync(file, 'r');
  try {
    return use(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** A try under a name for people. */
export interface NamedProbe {
  name: string;
  probe: Probe;
}

/** All of them, or none: when one cannot be had (too many open files), those before it are closed. */
export function openAll(wanted: readonly { name: string; open: () => Probe }[]): NamedProbe[] {
  const opened: NamedProbe[] = [];
  try {
    for (const { name, open } of wanted) opened.push({ name, probe: open() });
    return opened;
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

export function closeAll(probes: readonly NamedProbe[]): void {
  for (const { probe } of probes) probe.close();
}

/** Begins a TCP connection from where this thread is now. */
export function knockTcp(address: string, port: number): Probe {
  const fd = socketOf(AF_INET, SOCK_STREAM, 0);
  libc().connect(fd, ...inetAddress(address, port));
  return probeOf(fd, () => connected(fd));
}

/** Sends a datagram: a host without a listener there says "port unreachable". */
export function knockUdp(address: string, port: number): Probe {
  const fd = socketOf(AF_INET, SOCK_DGRAM, 0);
  libc().connect(fd, ...inetAddress(address, port));
  libc().sendto(fd, Buffer.from('?'), 1, 0, null, 0);
  return probeOf(fd, () => (errorOf(fd) === ECONNREFUSED ? 'refused' : 'silent'));
}

/** Sends a ping. */
export function ping(address: string): Probe {
  const fd = socketOf(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  // Another number each time: an answer to an earlier ping would be let through as its continuation.
  const echo = Buffer.from([8, 0, 0, 0, ...randomBytes(2), 0, 1]);
  echo.writeUInt16BE(checksum(echo), 2);
  libc().sendto(fd, echo, echo.length, 0, ...inetAddress(address, 0));
  // Other messages come too, also the fence's own: only an echo reply of that address is one.
  const isReply = (packet: Buffer) => packet[20] === 0 && packet.subarray(12, 16).equals(bytesOf(address));
  return probeOf(fd, () => (received(fd).some(isReply) ? 'open' : 'silent'));
}

/** Whom the ping to all IPv6 hosts comes from: an address that nobody else has. */
const PINGER = Buffer.from('fe8000000000000000000000000000bd', 'hex');

/**
 * What frames on an IPv6 wire say of our ping: nothing, unless they are for us or look for us. A device that just came up asks
 * for its own new address, and that is no answer.
 */
export function judgeIpv6(frames: readonly Buffer[]): Outcome {
  const [ECHO_REPLY, SOLICITATION, ADVERTISEMENT] = [129, 135, 136];
  const answers = frames.filter(frame => frame[6] === 58);
  const forUs = (type: number) => answers.some(frame => frame[40] === type && frame.subarray(24, 40).equals(PINGER));
  if (forUs(ECHO_REPLY) || forUs(ADVERTISEMENT)) return 'open';
  const looksForUs = (frame: Buffer) => frame[40] === SOLICITATION && frame.subarray(48, 64).equals(PINGER);
  return answers.some(looksForUs) ? 'refused' : 'silent';
}

/**
 * Pings every IPv6 host on the wire of a device, with a frame of our own making: the namespace need not have any IPv6 address.
 * `refused` when somebody answered by looking for us.
 */
export function pingAllIpv6(device: string): Probe {
  const fd = socketOf(AF_PACKET, SOCK_DGRAM, swap(ETH_P_IPV6));
  const index = libc().interfaceIndex(device);
  const all = Buffer.from('ff020000000000000000000000000001', 'hex');
  const echo = Buffer.from([128, 0, 0, 0, 0xbd, 0xbd, 0, 1]);
  echo.writeUInt16BE(checksum(Buffer.concat([PINGER, all, Buffer.from([0, 0, 0, echo.length, 0, 0, 0, 58]), echo])), 2);
  const packet = Buffer.concat([Buffer.from([0x60, 0, 0, 0, 0, echo.length, 58, 64]), PINGER, all, echo]);
  const link = Buffer.alloc(20);
  link.writeUInt16LE(AF_PACKET, 0);
  link.writeUInt16BE(ETH_P_IPV6, 2);
  link.writeInt32LE(index, 4);
  link[11] = 6;
  Buffer.from('333300000001', 'hex').copy(link, 12);
  libc().sendto(fd, packet, packet.length, 0, link, link.length);
  return probeOf(fd, () => judgeIpv6(received(fd)));
}

/** The kernel tells an error and a packet once: what was seen stays. */
function probeOf(fd: number, look: () => Outcome): Probe {
  let seen: Outcome = 'silent';
  return {
    outcome() {
      if (seen === 'silent') seen = look();
      return seen;
    },
    close: () => fs.closeSync(fd),
  };
}

function socketOf(family: number, type: number, protocol: number): number {
  const fd = libc().socket(family, type | SOCK_FLAGS, protocol);
  if (fd < 0) throw new Error(`socket failed: errno ${koffi.errno()}`);
  return fd;
}

const bytesOf = (address: string) => Buffer.from(address.split('.').map(Number));

function inetAddress(address: string, port: number): [Buffer, number] {
  const value = Buffer.alloc(16);
  value.writeUInt16LE(AF_INET, 0);
  value.writeUInt16BE(port, 2);
  bytesOf(address).copy(value, 4);
  return [value, value.length];
}

function errorOf(fd: number): number {
  const error = [0];
  libc().getsockopt(fd, SOL_SOCKET, SO_ERROR, error, [4]);
  return error[0] ?? 0;
}

function connected(fd: number): Outcome {
  const wanted = Buffer.alloc(8);
  wanted.writeInt32LE(fd, 0);
  wanted.writeInt16LE(POLLOUT, 4);
  libc().poll(wanted, 1, 0);
  const seen = wanted.readInt16LE(6);
  const error = errorOf(fd);
  if (error === ECONNREFUSED) return 'refused';
  return error === 0 && seen & POLLOUT && !(seen & (POLLERR | POLLHUP)) ? 'open' : 'silent';
}

/** The packets that wait, at most a hundred. */
function received(fd: number): Buffer[] {
  const packets: Buffer[] = [];
  for (let count = 0; count < 100; count++) {
    const packet = Buffer.alloc(256);
    const length = Number(libc().recv(fd, packet, packet.length, 0));
    if (length <= 0) break;
    packets.push(packet.subarray(0, length));
  }
  return packets;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

const swap = (value: number) => ((value & 0xff) << 8) | (value >> 8);
